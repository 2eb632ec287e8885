package io.vigie.app.registry;

import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Confluent's own serializer and deserializer, as other programs on the same topics use them. Confluent publishes them
 * where a build need not reach; these two lie inside other projects' jars, and are loaded from there apart from ours.
 */
final class ConfluentPeer {
    private static final Path PEERS = Path.of("target", "registry-peers").toAbsolutePath();

    private final ClassLoader loader;
    private final Object serializer;
    private final Object deserializer;
    private final Method serialize;
    private final Method deserialize;

    private ConfluentPeer(ClassLoader loader, Map<String, String> config) throws ReflectiveOperationException {
        this.loader = loader;
        serializer = create("KafkaAvroSerializer", config);
        deserializer = create("KafkaAvroDeserializer", config);
        serialize = serializer.getClass().getMethod("serialize", String.class, Object.class);
        deserialize = deserializer.getClass().getMethod("deserialize", String.class, byte[].class);
    }

    /** Of 2019, with our Avro and Kafka; reads our generated types. */
    static ConfluentPeer v532(String url) throws ReflectiveOperationException {
        var loader = new ConfluentFirst(unpacked("5.3.2"));
        return new ConfluentPeer(loader, Map.of("schema.registry.url", url, "specific.avro.reader", "true"));
    }

    /** Of 2021, with the Avro and Kafka of its own time; reads generic records of a world of its own. */
    static ConfluentPeer v553(String url) throws ReflectiveOperationException {
        var loader = new URLClassLoader(new URL[] {unpacked("5.5.3")}, ClassLoader.getPlatformClassLoader());
        return new ConfluentPeer(loader, Map.of("schema.registry.url", url));
    }

    byte[] serialize(String topic, Object record) throws ReflectiveOperationException {
        return (byte[]) inItsWorld(serialize, serializer, topic, record);
    }

    Object deserialize(String topic, byte[] bytes) throws ReflectiveOperationException {
        return inItsWorld(deserialize, deserializer, topic, bytes);
    }

    private Object create(String name, Map<String, String> config) throws ReflectiveOperationException {
        Object serde = loader.loadClass("io.confluent.kafka.serializers." + name)
                .getConstructor()
                .newInstance();
        inItsWorld(serde.getClass().getMethod("configure", Map.class, boolean.class), serde, config, false);
        return serde;
    }

    /** Its libraries look for classes through the thread. */
    private Object inItsWorld(Method method, Object receiver, Object... arguments) throws ReflectiveOperationException {
        Thread thread = Thread.currentThread();
        ClassLoader ours = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return method.invoke(receiver, arguments);
        } finally {
            thread.setContextClassLoader(ours);
        }
    }

    private static URL unpacked(String version) {
        Path path = PEERS.resolve(version);
        if (!Files.isDirectory(path)) {
            throw new IllegalStateException(path + " is missing; run through mvn verify, which unpacks it");
        }
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(path.toString(), e);
        }
    }

    /** Confluent's classes from the peer, never from our class path; all others from our class path. */
    private static final class ConfluentFirst extends URLClassLoader {
        ConfluentFirst(URL peer) {
            super(new URL[] {peer}, ConfluentPeer.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("io.confluent.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
    }
}
