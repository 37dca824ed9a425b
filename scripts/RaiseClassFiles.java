import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/**
 * Gives the classes of a jar that were compiled for Java 5 the class file version of Java 17, with the stack maps that it
 * wants. The JVM keeps no class of that age in its caches: each start reads and verifies it anew. The code stays what it is.
 * The build runs it: {@code java -cp LIB/* RaiseClassFiles.java JAR}.
 */
final class RaiseClassFiles {
  private static final int OLD = 50;

  public static void main(String[] arguments) throws IOException {
    Path jar = Path.of(arguments[0]);
    Path raised = jar.resolveSibling(jar.getFileName() + ".raised");
    URL url = URI.create(jar.toUri().toString()).toURL();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {url}, ClassLoader.getPlatformClassLoader());
        ZipInputStream in = new ZipInputStream(Files.newInputStream(jar));
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(raised))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        ZipEntry copy = new ZipEntry(entry.getName());
        copy.setTime(entry.getTime());
        out.putNextEntry(copy);
        byte[] bytes = in.readAllBytes();
        boolean code = entry.getName().endsWith(".class") && !entry.getName().endsWith("module-info.class");
        out.write(code && version(bytes) < OLD ? raised(bytes, loader) : bytes);
        out.closeEntry();
      }
    }
    Files.setLastModifiedTime(raised, Files.getLastModifiedTime(jar));
    Files.move(raised, jar, StandardCopyOption.REPLACE_EXISTING);
  }

  private static int version(byte[] bytes) {
    return (bytes[6] & 0xFF) << 8 | bytes[7] & 0xFF;
  }

  private static byte[] raised(byte[] bytes, ClassLoader loader) {
    ClassWriter writer =
        new ClassWriter(ClassWriter.COMPUTE_FRAMES) {
          @Override
          protected ClassLoader getClassLoader() {
            return loader;
          }
        };
    ClassVisitor visitor =
        new ClassVisitor(Opcodes.ASM9, writer) {
          @Override
          public void visit(int version, int access, String name, String signature, String parent, String[] interfaces) {
            super.visit(Opcodes.V17, access, name, signature, parent, interfaces);
          }
        };
    new ClassReader(bytes).accept(visitor, ClassReader.SKIP_FRAMES);
    return writer.toByteArray();
  }
}
