package dev.ringback.snapshot;

import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A lambda by its place in the source: which it is, without what it has captured. Another build may
 * name it otherwise.
 */
record Lambda(List<String> names, int implKind) {
  /** How many names tell it from others. */
  static final int NAMES = 8;

  private static final ClassValue<Method> REPLACERS =
      new ClassValue<>() {
        @Override
        protected Method computeValue(Class<?> type) {
          try {
            Method method = type.getDeclaredMethod("writeReplace");
            method.setAccessible(true);
            return method;
          } catch (ReflectiveOperationException e) {
            throw new GraphProblem("no place in the source is known of " + type, e);
          }
        }
      };

  private static final ClassValue<Method> MAKERS =
      new ClassValue<>() {
        @Override
        protected Method computeValue(Class<?> type) {
          try {
            Method method = type.getDeclaredMethod("$deserializeLambda$", SerializedLambda.class);
            method.setAccessible(true);
            return method;
          } catch (ReflectiveOperationException e) {
            throw new GraphProblem("no lambda of that kind is in " + type, e);
          }
        }
      };

  static boolean isWritable(Class<?> type) {
    return Serializable.class.isAssignableFrom(type);
  }

  /** As the compiler has written it down. */
  static SerializedLambda of(Object lambda) {
    try {
      return (SerializedLambda) REPLACERS.get(lambda.getClass()).invoke(lambda);
    } catch (ReflectiveOperationException e) {
      throw new GraphProblem("a lambda cannot be read: " + lambda.getClass(), e);
    }
  }

  static Lambda place(SerializedLambda of) {
    return new Lambda(
        List.of(
            of.getCapturingClass(),
            of.getFunctionalInterfaceClass(),
            of.getFunctionalInterfaceMethodName(),
            of.getFunctionalInterfaceMethodSignature(),
            of.getImplClass(),
            of.getImplMethodName(),
            of.getImplMethodSignature(),
            of.getInstantiatedMethodType()),
        of.getImplMethodKind());
  }

  Object with(@Nullable Object[] captured) {
    Class<?> owner = Types.named(names.getFirst().replace('/', '.'));
    SerializedLambda written =
        new SerializedLambda(
            owner,
            names.get(1),
            names.get(2),
            names.get(3),
            implKind,
            names.get(4),
            names.get(5),
            names.get(6),
            names.get(7),
            captured);
    try {
      return MAKERS.get(owner).invoke(null, written);
    } catch (ReflectiveOperationException e) {
      throw new GraphProblem("no such lambda is in %s: %s".formatted(owner, names.get(5)), e);
    }
  }
}
