package io.quarkgres.engine.function.jsonpath;

import io.quarkgres.engine.type.json.JsonText;
import io.quarkgres.spi.data.ByteSink;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * Writes a path's text. What PostgreSQL prints leaves out parentheses around a predicate or an
 * operation that steps follow, so that it may read as another path; an exact text has them. One
 * use; one thread.
 */
final class PathPrinter {
  private static final int PRIORITY_MAX = 6;

  private final StringBuilder out = new StringBuilder();
  private final boolean isExact;

  PathPrinter(boolean isExact) {
    this.isExact = isExact;
  }

  String print(PathChain chain) {
    chain(chain, true);
    return out.toString();
  }

  private void chain(PathChain chain, boolean hasParentheses) {
    boolean isGroup = isExact && !chain.isSingle() && chain.head() instanceof PathItem.Predicate;
    open(isGroup);
    head(chain, hasParentheses || isExact && !isGroup && !chain.isSingle());
    close(isGroup);
    for (int i = 1; i < chain.items().size(); i++) {
      step(chain.items().get(i));
    }
  }

  private static int priority(PathChain chain) {
    return priority(chain.head());
  }

  private static int priority(PathItem item) {
    return switch (item) {
      case PathItem.Or or -> 0;
      case PathItem.And and -> 1;
      case PathItem.Comparison comparison -> 2;
      case PathItem.StartsWith startsWith -> 2;
      case PathItem.Arithmetic a -> a.operator().isAdditive() ? 3 : 4;
      case PathItem.Sign sign -> 5;
      case PathItem.Root i -> PRIORITY_MAX;
      case PathItem.Current i -> PRIORITY_MAX;
      case PathItem.Last i -> PRIORITY_MAX;
      case PathItem.NullValue i -> PRIORITY_MAX;
      case PathItem.BoolValue i -> PRIORITY_MAX;
      case PathItem.NumberValue i -> PRIORITY_MAX;
      case PathItem.StringValue i -> PRIORITY_MAX;
      case PathItem.Variable i -> PRIORITY_MAX;
      case PathItem.Key i -> PRIORITY_MAX;
      case PathItem.AnyKey i -> PRIORITY_MAX;
      case PathItem.AnyElement i -> PRIORITY_MAX;
      case PathItem.Subscripts i -> PRIORITY_MAX;
      case PathItem.AnyLevel i -> PRIORITY_MAX;
      case PathItem.MethodCall i -> PRIORITY_MAX;
      case PathItem.DateTime i -> PRIORITY_MAX;
      case PathItem.Filter i -> PRIORITY_MAX;
      case PathItem.Not i -> PRIORITY_MAX;
      case PathItem.IsUnknown i -> PRIORITY_MAX;
      case PathItem.Exists i -> PRIORITY_MAX;
      case PathItem.LikeRegex i -> PRIORITY_MAX;
    };
  }

  private void binary(
      PathItem item, String symbol, PathChain left, PathChain right, boolean hasParentheses) {
    int own = priority(item);
    open(hasParentheses);
    chain(left, priority(left) <= own);
    out.append(' ').append(symbol).append(' ');
    chain(right, priority(right) <= own);
    close(hasParentheses);
  }

  private void open(boolean hasParentheses) {
    if (hasParentheses) {
      out.append('(');
    }
  }

  private void close(boolean hasParentheses) {
    if (hasParentheses) {
      out.append(')');
    }
  }

  private void head(PathChain chain, boolean hasParentheses) {
    switch (chain.head()) {
      case PathItem.Root i -> out.append('$');
      case PathItem.Current i -> out.append('@');
      case PathItem.Last i -> out.append("last");
      case PathItem.NullValue i -> out.append("null");
      case PathItem.BoolValue i -> out.append(i.value());
      case PathItem.NumberValue i -> number(i.value(), !chain.isSingle());
      case PathItem.StringValue i -> quoted(i.value());
      case PathItem.Variable i -> {
        out.append('$');
        quoted(i.name());
      }
      case PathItem.Arithmetic i ->
          binary(i, i.operator().symbol(), i.left(), i.right(), hasParentheses);
      case PathItem.Comparison i ->
          binary(i, i.operator().symbol(), i.left(), i.right(), hasParentheses);
      case PathItem.And i -> binary(i, "&&", i.left(), i.right(), hasParentheses);
      case PathItem.Or i -> binary(i, "||", i.left(), i.right(), hasParentheses);
      case PathItem.StartsWith i -> binary(i, "starts with", i.text(), i.start(), hasParentheses);
      case PathItem.LikeRegex i -> likeRegex(i, hasParentheses);
      case PathItem.Sign i -> {
        open(hasParentheses);
        out.append(i.isMinus() ? '-' : '+');
        chain(i.operand(), priority(i.operand()) <= priority(i));
        close(hasParentheses);
      }
      case PathItem.Not i -> wrapped("!(", i.operand(), ")");
      case PathItem.IsUnknown i -> wrapped("(", i.operand(), ") is unknown");
      case PathItem.Exists i -> wrapped("exists (", i.operand(), ")");
      case PathItem.Key i -> step(i);
      case PathItem.AnyKey i -> step(i);
      case PathItem.AnyElement i -> step(i);
      case PathItem.Subscripts i -> step(i);
      case PathItem.AnyLevel i -> step(i);
      case PathItem.MethodCall i -> step(i);
      case PathItem.DateTime i -> step(i);
      case PathItem.Filter i -> step(i);
    }
  }

  private void wrapped(String before, PathChain chain, String after) {
    out.append(before);
    chain(chain, false);
    out.append(after);
  }

  private void likeRegex(PathItem.LikeRegex i, boolean hasParentheses) {
    open(hasParentheses);
    chain(i.text(), priority(i.text()) <= priority(i));
    out.append(" like_regex ");
    quoted(i.pattern());
    if (!i.flags().isEmpty()) {
      out.append(" flag \"").append(i.flags()).append('"');
    }
    close(hasParentheses);
  }

  private void number(BigDecimal value, boolean hasParentheses) {
    open(hasParentheses);
    out.append(value.toPlainString());
    close(hasParentheses);
  }

  private void quoted(String text) {
    ByteSink sink = new ByteSink(text.length() + 8);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    JsonText.putString(bytes, 0, bytes.length, sink);
    out.append(new String(sink.array(), 0, sink.size(), StandardCharsets.UTF_8));
  }

  private void step(PathItem item) {
    switch (item) {
      case PathItem.Key i -> {
        out.append('.');
        quoted(i.name());
      }
      case PathItem.AnyKey i -> out.append(".*");
      case PathItem.AnyElement i -> out.append("[*]");
      case PathItem.Subscripts i -> subscripts(i);
      case PathItem.AnyLevel i -> levels(i);
      case PathItem.MethodCall i -> out.append('.').append(i.method().shown()).append("()");
      case PathItem.DateTime i -> {
        out.append(".datetime(");
        if (i.template() != null) {
          quoted(i.template());
        }
        out.append(')');
      }
      case PathItem.Filter i -> wrapped("?(", i.condition(), ")");
      case PathItem.Root i -> throw notAStep(i);
      case PathItem.Current i -> throw notAStep(i);
      case PathItem.Last i -> throw notAStep(i);
      case PathItem.NullValue i -> throw notAStep(i);
      case PathItem.BoolValue i -> throw notAStep(i);
      case PathItem.NumberValue i -> throw notAStep(i);
      case PathItem.StringValue i -> throw notAStep(i);
      case PathItem.Variable i -> throw notAStep(i);
      case PathItem.Arithmetic i -> throw notAStep(i);
      case PathItem.Sign i -> throw notAStep(i);
      case PathItem.Predicate i -> throw notAStep(i);
    }
  }

  private static IllegalStateException notAStep(PathItem item) {
    return new IllegalStateException("no step that follows another: " + item);
  }

  private void subscripts(PathItem.Subscripts subscripts) {
    out.append('[');
    String separator = "";
    for (PathItem.Range range : subscripts.ranges()) {
      out.append(separator);
      separator = ",";
      chain(range.from(), false);
      if (range.to() != null) {
        out.append(" to ");
        chain(range.to(), false);
      }
    }
    out.append(']');
  }

  private void levels(PathItem.AnyLevel i) {
    out.append(".**");
    if (i.first() == 0 && i.last() == PathItem.LAST_LEVEL) {
      return;
    }
    out.append('{').append(level(i.first()));
    if (i.first() != i.last()) {
      out.append(" to ").append(level(i.last()));
    }
    out.append('}');
  }

  private static String level(long level) {
    return level == PathItem.LAST_LEVEL ? "last" : Long.toString(level);
  }
}
