import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.zip.Deflater;

/**
 * Writes the form of a jar that starts fastest. Run as a source file: {@code java StartJar.java JAR
 * RESULT}.
 *
 * <p>A cache of classes holds lambdas and concatenations of strings, but not the code that the JDK
 * spins for a {@code switch} over types and for {@code equals} and {@code hashCode} of a record: some
 * milliseconds each, when it runs first. Here they become methods of the class, which do the same.
 * What is only of use to tools stays out, since opening a jar costs time for each of its entries.
 */
final class StartJar {
  private static final ClassDesc SWITCHES = ClassDesc.of("java.lang.runtime.SwitchBootstraps");
  private static final ClassDesc RECORDS = ClassDesc.of("java.lang.runtime.ObjectMethods");
  private static final ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");
  private static final byte[] TRACE =
      "java/lang/runtime/".getBytes(StandardCharsets.ISO_8859_1);

  private final ClassFile classFile;

  private StartJar(JarFile jar) {
    ClassHierarchyResolver inJar =
        ClassHierarchyResolver.ofResourceParsing(
            type -> {
              String descriptor = type.descriptorString();
              String name = descriptor.substring(1, descriptor.length() - 1) + ".class";
              JarEntry entry = jar.getJarEntry(name);
              return entry == null ? null : new ByteArrayInputStream(read(jar, entry));
            });
    classFile =
        ClassFile.of(
            ClassHierarchyResolverOption.of(
                inJar.orElse(ClassHierarchyResolver.defaultResolver()).cached()));
  }

  public static void main(String[] arguments) throws IOException {
    Path result = Path.of(arguments[1]);
    try (JarFile jar = new JarFile(Path.of(arguments[0]).toFile());
        JarOutputStream out =
            new JarOutputStream(
                new BufferedOutputStream(Files.newOutputStream(result), 1 << 16))) {
      out.setLevel(Deflater.BEST_SPEED);
      StartJar form = new StartJar(jar);
      for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
        if (isWanted(entry)) {
          byte[] bytes = read(jar, entry);
          out.putNextEntry(new JarEntry(entry.getName()));
          out.write(entry.getName().endsWith(".class") ? form.plain(bytes) : bytes);
        }
      }
    }
  }

  private static boolean isWanted(JarEntry entry) {
    String name = entry.getName();
    return !entry.isDirectory()
        && !name.startsWith("META-INF/maven/")
        && !name.startsWith("META-INF/native-image/");
  }

  private static byte[] read(JarFile jar, JarEntry entry) {
    try (var in = jar.getInputStream(entry)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a class without the calls that are linked at run time. */
  private byte[] plain(byte[] bytes) {
    if (!contains(bytes, TRACE)) {
      return bytes;
    }
    try {
      return rewritten(bytes);
    } catch (IllegalArgumentException e) {
      // A class that it names is neither in the jar nor among the JDK's usual modules.
      return bytes;
    }
  }

  private byte[] rewritten(byte[] bytes) {
    ClassModel model = classFile.parse(bytes);
    List<Consumer<ClassBuilder>> added = new ArrayList<>();
    return classFile.transformClass(
        model,
        ClassTransform.transformingMethodBodies(
                (code, element) -> replace(model, code, element, added))
            .andThen(ClassTransform.endHandler(builder -> added.forEach(m -> m.accept(builder)))));
  }

  private static boolean contains(byte[] bytes, byte[] part) {
    for (int i = 0; i + part.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
        return true;
      }
    }
    return false;
  }

  private static void replace(
      ClassModel model,
      CodeBuilder code,
      CodeElement element,
      List<Consumer<ClassBuilder>> added) {
    Consumer<CodeBuilder> body =
        element instanceof InvokeDynamicInstruction call ? body(call) : null;
    if (body == null) {
      code.with(element);
      return;
    }
    MethodTypeDesc type = ((InvokeDynamicInstruction) element).typeSymbol();
    String name = "plain$" + added.size();
    int flags =
        AccessFlag.PRIVATE.mask() | AccessFlag.STATIC.mask() | AccessFlag.SYNTHETIC.mask();
    added.add(builder -> builder.withMethodBody(name, type, flags, body));
    boolean isInterface = model.flags().has(AccessFlag.INTERFACE);
    code.invokestatic(model.thisClass().asSymbol(), name, type, isInterface);
  }

  /** Returns the code of the method that a call is linked to, or {@code null} to leave the call. */
  private static Consumer<CodeBuilder> body(InvokeDynamicInstruction call) {
    DirectMethodHandleDesc bootstrap = call.bootstrapMethod();
    List<ConstantDesc> arguments = call.bootstrapArgs();
    if (bootstrap.owner().equals(SWITCHES)
        && bootstrap.methodName().equals("typeSwitch")
        && arguments.stream().allMatch(a -> a instanceof ClassDesc type && !type.isPrimitive())) {
      return typeSwitch(arguments.stream().map(ClassDesc.class::cast).toList());
    }
    if (bootstrap.owner().equals(RECORDS)) {
      ClassDesc owner = (ClassDesc) arguments.getFirst();
      List<DirectMethodHandleDesc> fields =
          arguments.stream().skip(2).map(DirectMethodHandleDesc.class::cast).toList();
      return switch (call.name().stringValue()) {
        case "equals" -> code -> recordEquals(code, owner, fields);
        case "hashCode" -> code -> recordHash(code, owner, fields);
        default -> null;
      };
    }
    return null;
  }

  /** The number of the first label from the second argument on that the first is an instance of. */
  private static Consumer<CodeBuilder> typeSwitch(List<ClassDesc> labels) {
    return code -> {
      Label[] tests = new Label[labels.size() + 1];
      Arrays.setAll(tests, i -> code.newLabel());
      Label isNotNull = code.newLabel();
      Label end = tests[labels.size()];
      code.aload(0).ifnonnull(isNotNull).iconst_m1().ireturn().labelBinding(isNotNull);
      List<SwitchCase> cases = new ArrayList<>();
      for (int i = 1; i < labels.size(); i++) {
        cases.add(SwitchCase.of(i, tests[i]));
      }
      if (!labels.isEmpty()) {
        code.iload(1).ifeq(tests[0]);
      }
      code.iload(1).tableswitch(1, Math.max(1, labels.size() - 1), end, cases);
      for (int i = 0; i < labels.size(); i++) {
        code.labelBinding(tests[i]).aload(0).instanceOf(labels.get(i)).ifeq(tests[i + 1]);
        code.loadConstant(i).ireturn();
      }
      code.labelBinding(end).loadConstant(labels.size()).ireturn();
    };
  }

  private static void recordEquals(
      CodeBuilder code, ClassDesc owner, List<DirectMethodHandleDesc> fields) {
    Label isOther = code.newLabel();
    Label differs = code.newLabel();
    code.aload(0).aload(1).if_acmpne(isOther).iconst_1().ireturn().labelBinding(isOther);
    code.aload(1).instanceOf(owner).ifeq(differs);
    code.aload(1).checkcast(owner).astore(2);
    for (DirectMethodHandleDesc field : fields) {
      ClassDesc type = type(field);
      code.aload(0).getfield(owner, field.methodName(), type);
      code.aload(2).getfield(owner, field.methodName(), type);
      switch (TypeKind.from(type)) {
        case BOOLEAN, BYTE, SHORT, CHAR, INT -> code.if_icmpne(differs);
        case LONG -> code.lcmp().ifne(differs);
        case FLOAT, DOUBLE ->
            code.invokestatic(
                    boxed(type), "compare", MethodTypeDesc.of(ConstantDescs.CD_int, type, type))
                .ifne(differs);
        case REFERENCE ->
            code.invokestatic(
                    OBJECTS,
                    "equals",
                    MethodTypeDesc.of(
                        ConstantDescs.CD_boolean,
                        ConstantDescs.CD_Object,
                        ConstantDescs.CD_Object))
                .ifeq(differs);
        case VOID -> throw new IllegalArgumentException("a component of type void");
      }
    }
    code.iconst_1().ireturn().labelBinding(differs).iconst_0().ireturn();
  }

  private static void recordHash(
      CodeBuilder code, ClassDesc owner, List<DirectMethodHandleDesc> fields) {
    code.iconst_0();
    for (DirectMethodHandleDesc field : fields) {
      ClassDesc type = type(field);
      boolean isReference = TypeKind.from(type) == TypeKind.REFERENCE;
      code.bipush(31).imul().aload(0).getfield(owner, field.methodName(), type);
      code.invokestatic(
              isReference ? OBJECTS : boxed(type),
              "hashCode",
              MethodTypeDesc.of(
                  ConstantDescs.CD_int, isReference ? ConstantDescs.CD_Object : type))
          .iadd();
    }
    code.ireturn();
  }

  private static ClassDesc type(DirectMethodHandleDesc getter) {
    return getter.invocationType().returnType();
  }

  private static ClassDesc boxed(ClassDesc primitive) {
    return switch (TypeKind.from(primitive)) {
      case BOOLEAN -> ConstantDescs.CD_Boolean;
      case BYTE -> ConstantDescs.CD_Byte;
      case SHORT -> ConstantDescs.CD_Short;
      case CHAR -> ConstantDescs.CD_Character;
      case INT -> ConstantDescs.CD_Integer;
      case LONG -> ConstantDescs.CD_Long;
      case FLOAT -> ConstantDescs.CD_Float;
      case DOUBLE -> ConstantDescs.CD_Double;
      case REFERENCE, VOID -> throw new IllegalArgumentException("not primitive: " + primitive);
    };
  }
}
