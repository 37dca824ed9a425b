package dev.ringback.snapshot;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is to be known of a class to take its objects apart and to put them together. */
final class Types {
  private Types() {}

  static Class<?> named(String name) {
    try {
      return Class.forName(name, false, Types.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new GraphProblem("this build has no " + name, e);
    }
  }

  // Records

  /** A record's parts, and what makes it of them. */
  record RecordType(List<MethodHandle> parts, MethodHandle maker) {
    private static final ClassValue<RecordType> ALL =
        new ClassValue<>() {
          @Override
          protected RecordType computeValue(Class<?> type) {
            return find(type);
          }
        };

    static RecordType of(Class<?> type) {
      return ALL.get(type);
    }

    private static RecordType find(Class<?> type) {
      try {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        List<MethodHandle> parts = new ArrayList<>();
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        for (int i = 0; i < components.length; i++) {
          types[i] = components[i].getType();
          Field field = type.getDeclaredField(components[i].getName());
          field.setAccessible(true);
          parts.add(
              lookup
                  .unreflectGetter(field)
                  .asType(MethodType.methodType(Object.class, Object.class)));
        }
        Constructor<?> canonical = type.getDeclaredConstructor(types);
        canonical.setAccessible(true);
        MethodHandle maker =
            lookup
                .unreflectConstructor(canonical)
                .asSpreader(Object[].class, types.length)
                .asType(MethodType.methodType(Object.class, Object[].class));
        return new RecordType(List.copyOf(parts), maker);
      } catch (ReflectiveOperationException e) {
        throw new GraphProblem("the record %s cannot be taken apart".formatted(type), e);
      }
    }

    @Nullable Object part(int index, Object of) {
      try {
        return parts.get(index).invokeExact(of);
      } catch (Throwable e) {
        throw new GraphProblem("a part of %s cannot be read".formatted(of.getClass()), e);
      }
    }

    Object make(@Nullable Object[] of) {
      try {
        return maker.invokeExact(of);
      } catch (Throwable e) {
        throw new GraphProblem("a record cannot be made again", e);
      }
    }
  }

  // Objects

  /** The fields of a class of ours, and what makes an object without setting any. */
  record ObjectType(List<Field> fields, Constructor<?> maker) {
    private static final ClassValue<ObjectType> ALL =
        new ClassValue<>() {
          @Override
          protected ObjectType computeValue(Class<?> type) {
            return find(type);
          }
        };

    static ObjectType of(Class<?> type) {
      return ALL.get(type);
    }

    private static ObjectType find(Class<?> type) {
      List<Field> fields = new ArrayList<>();
      for (Class<?> of = type; of != null && of != Object.class; of = of.getSuperclass()) {
        for (Field field : of.getDeclaredFields()) {
          if (!Modifier.isStatic(field.getModifiers())
              && !Modifier.isTransient(field.getModifiers())) {
            field.setAccessible(true);
            fields.add(field);
          }
        }
      }
      return new ObjectType(List.copyOf(fields), maker(type));
    }

    /** What serialization uses, too: a constructor that does nothing but make an object. */
    private static Constructor<?> maker(Class<?> type) {
      try {
        Class<?> factory = Class.forName("sun.reflect.ReflectionFactory");
        Object made = factory.getMethod("getReflectionFactory").invoke(null);
        Method method =
            factory.getMethod("newConstructorForSerialization", Class.class, Constructor.class);
        return (Constructor<?>) method.invoke(made, type, Object.class.getDeclaredConstructor());
      } catch (ReflectiveOperationException e) {
        throw new GraphProblem("no object of %s can be made".formatted(type), e);
      }
    }

    Object make() {
      try {
        return maker.newInstance();
      } catch (ReflectiveOperationException e) {
        throw new GraphProblem("no object can be made by " + maker, e);
      }
    }
  }

  static @Nullable Object get(Field field, Object of) {
    try {
      return field.get(of);
    } catch (IllegalAccessException e) {
      throw new GraphProblem("%s cannot be read".formatted(field), e);
    }
  }

  static void set(Field field, Object of, @Nullable Object value) {
    try {
      field.set(of, value);
    } catch (IllegalAccessException | IllegalArgumentException e) {
      throw new GraphProblem("%s cannot be set".formatted(field), e);
    }
  }
}
