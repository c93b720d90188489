package io.quarkgres.engine.catalog;

import io.quarkgres.engine.type.EnumType;
import io.quarkgres.spi.data.ByteSink;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Entries of the catalog as bytes: a version byte, then the components in the order of the record.
 * Numbers big-endian; a string as its length in bytes (4, -1 for none) and UTF-8; a list as its
 * length (4) and elements; an enum as its name. {@link EntryReader} is its mirror. Used by one
 * thread.
 */
final class EntryWriter {
  /** The version that is written; readers know this one and those before. */
  static final int VERSION = 1;

  private final ByteSink out = new ByteSink(256);

  private EntryWriter() {
    out.put(VERSION);
  }

  static byte[] of(SchemaEntry s) {
    EntryWriter w = new EntryWriter();
    w.number(s.oid());
    w.text(s.name());
    w.number(s.owner());
    return w.out.toByteArray();
  }

  /** Returns a relation's bytes, {@code null} for one that is computed. */
  static byte[] of(RelationEntry relation) {
    EntryWriter w = new EntryWriter();
    boolean isKept =
        switch (relation) {
          case TableEntry t -> w.table(t);
          case ViewEntry v -> w.view(v);
          case SequenceEntry s -> w.sequence(s);
          case IndexEntry i -> w.index(i);
          case VirtualTable v -> false;
        };
    return isKept ? w.out.toByteArray() : null;
  }

  static byte[] of(TypeEntry type) {
    EntryWriter w = new EntryWriter();
    switch (type) {
      case TypeEntry.Enum e -> {
        w.out.put('e');
        w.typeHead(e);
        w.number(e.type().labels().size());
        for (EnumType.Label label : e.type().labels()) {
          w.number(label.oid());
          w.out.putLong(label.number());
          w.text(label.text());
        }
      }
      case TypeEntry.Domain d -> {
        w.out.put('d');
        w.typeHead(d);
        w.number(d.parent());
        w.number(d.parentTypmod());
        w.number(d.collation());
        w.flag(d.isNotNull());
        w.text(d.defaultSql());
        w.number(d.checks().size());
        for (TypeEntry.Check check : d.checks()) {
          w.number(check.oid());
          w.text(check.name());
          w.text(check.conditionSql());
          w.flag(check.isValidated());
        }
      }
    }
    return w.out.toByteArray();
  }

  private void typeHead(TypeEntry type) {
    number(type.oid());
    number(type.schemaOid());
    text(type.schema());
    text(type.name());
    number(type.owner());
  }

  static byte[] of(SequenceEntry.State state) {
    EntryWriter w = new EntryWriter();
    w.out.putLong(state.lastValue());
    w.flag(state.isCalled());
    return w.out.toByteArray();
  }

  static byte[] of(ExtensionEntry e) {
    EntryWriter w = new EntryWriter();
    w.number(e.oid());
    w.text(e.name());
    w.number(e.schemaOid());
    w.text(e.version());
    w.number(e.owner());
    return w.out.toByteArray();
  }

  static byte[] of(Acl acl) {
    EntryWriter w = new EntryWriter();
    w.acl(acl);
    return w.out.toByteArray();
  }

  static byte[] of(String text) {
    EntryWriter w = new EntryWriter();
    w.text(text);
    return w.out.toByteArray();
  }

  static byte[] of(RoleCatalog roles) {
    EntryWriter w = new EntryWriter();
    w.number(roles.all().size());
    for (RoleEntry role : roles.all()) {
      w.number(role.oid());
      w.text(role.name());
      w.enums(role.attributes());
      w.number(role.connectionLimit());
      w.text(role.password());
      w.text(role.validUntil());
    }
    w.number(roles.memberships().size());
    for (RoleCatalog.Membership m : roles.memberships()) {
      w.number(m.role());
      w.number(m.member());
      w.number(m.grantor());
      w.flag(m.isAdmin());
    }
    w.number(roles.databases().size());
    roles
        .databases()
        .forEach((oid, rights) -> {
          w.number(oid);
          w.number(rights.owner());
          w.flag(rights.acl() != null);
          if (rights.acl() != null) {
            w.acl(rights.acl());
          }
        });
    w.number(roles.settings().size());
    roles
        .settings()
        .forEach((of, values) -> {
          w.number(of.database());
          w.number(of.role());
          w.options(values);
        });
    return w.out.toByteArray();
  }

  private void number(int value) {
    out.putInt(value);
  }

  private void flag(boolean value) {
    out.put(value ? 1 : 0);
  }

  private void text(String value) {
    if (value == null) {
      out.putInt(-1);
      return;
    }
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    out.putInt(bytes.length);
    out.put(bytes, 0, bytes.length);
  }

  private void numbers(Collection<Integer> values) {
    number(values.size());
    values.forEach(this::number);
  }

  private void texts(List<String> values) {
    number(values.size());
    values.forEach(this::text);
  }

  private void enums(Set<? extends Enum<?>> values) {
    number(values.size());
    values.forEach(value -> text(value.name()));
  }

  private void options(Map<String, String> options) {
    number(options.size());
    options.forEach((key, value) -> {
      text(key);
      text(value);
    });
  }

  private void acl(Acl acl) {
    number(acl.items().size());
    for (Acl.Item item : acl.items()) {
      number(item.grantee());
      number(item.grantor());
      enums(item.privileges());
      enums(item.options());
    }
  }

  /** What all relations have; the first letter tells which they are. */
  private void head(RelationEntry relation) {
    out.put(relation.kind());
    number(relation.oid());
    number(relation.schemaOid());
    text(relation.schema());
    text(relation.name());
    number(relation.owner());
    number(relation.columns().size());
    relation.columns().forEach(this::column);
  }

  private void column(ColumnEntry c) {
    text(c.name());
    number(c.number());
    number(c.type().oid());
    number(c.typmod());
    number(c.collation());
    flag(c.isNotNull());
    text(c.defaultSql());
    out.put(c.identity());
    out.put(c.generated());
    flag(c.isDropped());
  }

  private boolean table(TableEntry t) {
    head(t);
    out.put(t.persistence());
    number(t.constraints().size());
    t.constraints().forEach(this::constraint);
    options(t.options());
    number(t.rowType());
    out.putLong(t.store().id());
    return true;
  }

  private void constraint(ConstraintEntry constraint) {
    switch (constraint) {
      case ConstraintEntry.Check c -> {
        out.put('c');
        constraintHead(c);
        text(c.conditionSql());
        flag(c.isValidated());
      }
      case ConstraintEntry.Key c -> {
        out.put('k');
        constraintHead(c);
        flag(c.isPrimary());
        numbers(c.columns());
        number(c.indexOid());
        flag(c.isDeferrable());
        flag(c.isInitiallyDeferred());
      }
      case ConstraintEntry.ForeignKey c -> {
        out.put('f');
        constraintHead(c);
        numbers(c.columns());
        number(c.referencedTable());
        numbers(c.referencedColumns());
        number(c.referencedIndex());
        text(c.onUpdate().name());
        text(c.onDelete().name());
        flag(c.isMatchFull());
        flag(c.isDeferrable());
        flag(c.isInitiallyDeferred());
        flag(c.isValidated());
        numbers(c.setColumns());
      }
    }
  }

  private void constraintHead(ConstraintEntry c) {
    number(c.oid());
    text(c.name());
    number(c.tableOid());
  }

  private boolean view(ViewEntry v) {
    head(v);
    text(v.querySql());
    texts(v.searchPath());
    text(v.checkOption() == null ? null : v.checkOption().name());
    number(v.rowType());
    return true;
  }

  /** The state lies under a key of its own, as it is not transactional. */
  private boolean sequence(SequenceEntry s) {
    head(s);
    number(s.typeOid());
    out.putLong(s.start());
    out.putLong(s.increment());
    out.putLong(s.minimum());
    out.putLong(s.maximum());
    out.putLong(s.cache());
    flag(s.isCycling());
    number(s.ownedByTable());
    number(s.ownedByColumn());
    out.put(s.persistence());
    return true;
  }

  private boolean index(IndexEntry i) {
    head(i);
    number(i.tableOid());
    text(i.method());
    number(i.keys().size());
    for (IndexEntry.Key key : i.keys()) {
      number(key.column());
      text(key.expressionSql());
      text(key.operatorClass());
      flag(key.isDefaultClass());
      flag(key.isDescending());
      flag(key.nullsFirst());
    }
    text(i.predicateSql());
    flag(i.isUnique());
    flag(i.isPrimary());
    flag(i.nullsNotDistinct());
    flag(i.isDeferrable());
    numbers(i.includedColumns());
    options(i.options());
    number(i.orderingFunction());
    flag(i.index() != null);
    return true;
  }
}
