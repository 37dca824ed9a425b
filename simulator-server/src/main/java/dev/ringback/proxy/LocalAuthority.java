package dev.ringback.proxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate authority of this machine, kept in a folder: {@code ca.pem} for clients to trust,
 * {@code ca.p12} the same as a Java trust store (password {@code changeit}), {@code ca-key.pem} for
 * Ringback alone. It can vouch for {@code twilio.com} and what is below, and for nothing else.
 */
public final class LocalAuthority {
  /** Of the trust store; it keeps no secret. */
  public static final String PASSWORD = "changeit";

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String DOMAIN = "twilio.com";
  private static final Duration LIFE = Duration.ofDays(3650);

  /** Longer ones are refused by some clients. */
  private static final Duration LIFE_OF_HOSTS = Duration.ofDays(397);

  /** A client that asks for more hosts is no client of Twilio's. */
  private static final int MOST_HOSTS = 200;

  private final Path folder;
  private final PrivateKey key;
  private final X509Certificate certificate;
  private final Map<String, SSLContext> hosts = new ConcurrentHashMap<>();

  private LocalAuthority(Path folder, PrivateKey key, X509Certificate certificate) {
    this.folder = folder;
    this.key = key;
    this.certificate = certificate;
  }

  /** Reads the authority of a folder, or makes one there if it has none or one that expires. */
  public static LocalAuthority in(Path folder) throws IOException, GeneralSecurityException {
    HomeFolder.make(folder);
    try (FileChannel lock =
        FileChannel.open(
            folder.resolve("ca.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      lock.lock(); // two servers may start at once; closing the file unlocks it
      return readOrMake(folder);
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException(e);
    }
  }

  private static LocalAuthority readOrMake(Path folder)
      throws IOException, GeneralSecurityException, OperatorCreationException {
    Path keyFile = folder.resolve("ca-key.pem");
    Path certificateFile = folder.resolve("ca.pem");
    if (Files.exists(keyFile) && Files.exists(certificateFile)) {
      X509Certificate found = certificate((X509CertificateHolder) read(certificateFile));
      PrivateKey foundKey = new JcaPEMKeyConverter().getPrivateKey((PrivateKeyInfo) read(keyFile));
      if (found.getNotAfter().toInstant().isAfter(Instant.now().plus(Duration.ofDays(1)))) {
        return new LocalAuthority(folder, foundKey, found);
      }
    }
    return make(folder, keyFile, certificateFile);
  }

  private static Object read(Path file) throws IOException, GeneralSecurityException {
    try (PEMParser parser = new PEMParser(new StringReader(Files.readString(file)))) {
      Object read = parser.readObject();
      if (read == null) {
        throw new GeneralSecurityException(file + " is no PEM file; delete it");
      }
      return read;
    }
  }

  private static LocalAuthority make(Path folder, Path keyFile, Path certificateFile)
      throws IOException, GeneralSecurityException, OperatorCreationException {
    KeyPair pair = newKeyPair();
    byte[] tail = new byte[4];
    RANDOM.nextBytes(tail);
    // A name of its own: two authorities of one name confuse clients that trust both.
    X500Name name = new X500Name("CN=Ringback local CA " + HexFormat.of().formatHex(tail));
    JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
    X509v3CertificateBuilder builder = builder(name, name, pair, LIFE);
    builder
        .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
        .addExtension(
            Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
        .addExtension(
            Extension.subjectKeyIdentifier,
            false,
            extensions.createSubjectKeyIdentifier(pair.getPublic()))
        .addExtension(
            Extension.nameConstraints,
            true,
            new NameConstraints(
                new GeneralSubtree[] {
                  new GeneralSubtree(new GeneralName(GeneralName.dNSName, DOMAIN))
                },
                new GeneralSubtree[] {
                  noAddress(new byte[8]), noAddress(new byte[32]),
                }));
    X509Certificate made = sign(builder, pair.getPrivate());
    HomeFolder.write(keyFile, pem(pair.getPrivate()), HomeFolder.PRIVATE);
    HomeFolder.write(certificateFile, pem(made), "rw-r--r--");
    KeyStore trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    trust.setCertificateEntry("ringback", made);
    ByteArrayOutputStream store = new ByteArrayOutputStream();
    trust.store(store, PASSWORD.toCharArray());
    HomeFolder.write(folder.resolve("ca.p12"), store.toByteArray(), "rw-r--r--");
    return new LocalAuthority(folder, pair.getPrivate(), made);
  }

  /** All addresses of a family: zeros and a mask of zeros. */
  private static GeneralSubtree noAddress(byte[] zeros) {
    return new GeneralSubtree(
        new GeneralName(GeneralName.iPAddress, new org.bouncycastle.asn1.DEROctetString(zeros)));
  }

  /** The certificate to trust, as PEM. */
  public String pem() throws IOException {
    return Files.readString(certificateFile());
  }

  public Path certificateFile() {
    return folder.resolve("ca.pem");
  }

  public Path trustStore() {
    return folder.resolve("ca.p12");
  }

  /** The TLS of a host of Twilio's; made when it is first asked for. */
  SSLContext of(String host) {
    if (!host.endsWith("." + DOMAIN)) {
      throw new IllegalArgumentException(host + " is not below " + DOMAIN);
    }
    if (hosts.size() >= MOST_HOSTS) {
      hosts.clear();
    }
    return hosts.computeIfAbsent(
        host,
        h -> {
          try {
            return make(h);
          } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("no certificate can be made for " + h + ": " + e, e);
          }
        });
  }

  private SSLContext make(String host)
      throws IOException, GeneralSecurityException, OperatorCreationException {
    KeyPair pair = newKeyPair();
    JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
    X509v3CertificateBuilder builder =
        builder(
            X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded()),
            new X500Name("CN=Ringback"),
            pair,
            LIFE_OF_HOSTS);
    builder
        .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
        .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
        .addExtension(
            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
        .addExtension(
            Extension.subjectKeyIdentifier,
            false,
            extensions.createSubjectKeyIdentifier(pair.getPublic()))
        .addExtension(
            Extension.authorityKeyIdentifier,
            false,
            extensions.createAuthorityKeyIdentifier(certificate))
        .addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(new GeneralName(GeneralName.dNSName, host)));
    X509Certificate leaf = sign(builder, key);
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    char[] password = PASSWORD.toCharArray();
    store.setKeyEntry(
        "host", pair.getPrivate(), password, new X509Certificate[] {leaf, certificate});
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  // Certificates

  private static KeyPair newKeyPair() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static X509v3CertificateBuilder builder(
      X500Name issuer, X500Name subject, KeyPair pair, Duration life) {
    Instant from = Instant.now().minus(Duration.ofDays(1));
    return new JcaX509v3CertificateBuilder(
        issuer,
        new BigInteger(127, RANDOM).setBit(120),
        Date.from(from),
        Date.from(from.plus(life)),
        subject,
        pair.getPublic());
  }

  private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
      throws OperatorCreationException, GeneralSecurityException {
    return certificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
  }

  private static X509Certificate certificate(X509CertificateHolder holder)
      throws GeneralSecurityException {
    return new JcaX509CertificateConverter().getCertificate(holder);
  }

  // Files

  private static byte[] pem(Object what) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(what instanceof PrivateKey key ? new JcaPKCS8Generator(key, null) : what);
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
