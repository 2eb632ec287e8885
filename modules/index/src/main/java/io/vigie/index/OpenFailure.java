package io.vigie.index;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.util.IOSupplier;

/** Says in one sentence why an index could not be opened, and what to do. */
final class OpenFailure {
    private OpenFailure() {}

    /** What the supplier gives; its failures that an operator can mend are explained, the others stay as they are. */
    static <T> T explained(String place, IOSupplier<T> supplier) throws IOException {
        try {
            return supplier.get();
        } catch (LockObtainFailedException e) {
            throw new IndexUnusableException(
                    "the index in " + place + " is in use; stop the other process or choose another directory", e);
        } catch (AccessDeniedException e) {
            throw new IndexUnusableException(
                    "no permission for " + e.getFile() + "; let this user write to the directory " + place, e);
        } catch (IndexFormatTooOldException | IndexFormatTooNewException e) {
            throw new IndexOutdatedException(unreadable(place, String.valueOf(e.getMessage())), e);
        } catch (CorruptIndexException | EOFException | FileNotFoundException | NoSuchFileException e) {
            throw new IndexDamagedException(unreadable(place, String.valueOf(e.getMessage())), e);
        } catch (FileAlreadyExistsException e) {
            throw new IndexUnusableException(place + " is not a directory; choose another one for the index", e);
        } catch (FileSystemException e) {
            throw new IndexUnusableException(
                    "the index in " + place + " cannot be opened (" + e.getMessage() + "); choose a directory that can",
                    e);
        }
    }

    static String unreadable(String place, String reason) {
        return "the index in " + place + " cannot be read (" + reason + "); delete the directory " + place
                + " to build it anew from Kafka";
    }
}
