package io.vigie.server;

import io.vigie.index.ResultStream;
import java.io.IOException;

/** How an export is written. Only {@link #end} makes it look whole. */
sealed interface ExportForm permits ExportCsv, ExportJsonLines {
    void begin() throws IOException;

    /** Writes the verbatim where the result has gone. */
    void verbatim(ResultStream result) throws IOException;

    /** Writes how many there were and passes everything on. */
    void end(long exported) throws IOException;
}
