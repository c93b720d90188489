package io.quarkgres.engine.catalog;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** A right on an object, with the letter that stands for it in an {@code aclitem}. Thread: any. */
public enum Privilege {
  /** Insert rows. */
  INSERT('a'),
  /** Read rows or a sequence. */
  SELECT('r'),
  /** Change rows or a sequence. */
  UPDATE('w'),
  /** Delete rows. */
  DELETE('d'),
  /** Empty a table. */
  TRUNCATE('D'),
  /** Make foreign keys to a table. */
  REFERENCES('x'),
  /** Make triggers on a table. */
  TRIGGER('t'),
  /** Call a function. */
  EXECUTE('X'),
  /** Use a schema, sequence, type or language. */
  USAGE('U'),
  /** Make objects in a schema or schemas in a database. */
  CREATE('C'),
  /** Make temporary tables in a database. */
  TEMPORARY('T'),
  /** Connect to a database. */
  CONNECT('c');

  private final char letter;

  Privilege(char letter) {
    this.letter = letter;
  }

  /** Returns the letter in an {@code aclitem}. */
  public char letter() {
    return letter;
  }

  /** Returns the privilege of a word, or {@code null}. */
  public static Privilege of(String word) {
    String upper = word.toUpperCase(Locale.ROOT);
    if (upper.equals("TEMP")) {
      return TEMPORARY;
    }
    for (Privilege privilege : values()) {
      if (privilege.name().equals(upper)) {
        return privilege;
      }
    }
    return null;
  }

  /** The kinds of objects that privileges are kept for. */
  public enum Kind {
    /** Tables and views. */
    TABLE("table", 1259, EnumSet.range(INSERT, TRIGGER), EnumSet.noneOf(Privilege.class)),
    /** Columns. */
    COLUMN(
        "column",
        1259,
        EnumSet.of(INSERT, SELECT, UPDATE, REFERENCES),
        EnumSet.noneOf(Privilege.class)),
    /** Sequences. */
    SEQUENCE("sequence", 1259, EnumSet.of(SELECT, UPDATE, USAGE), EnumSet.noneOf(Privilege.class)),
    /** Schemas. */
    SCHEMA("schema", 2615, EnumSet.of(USAGE, CREATE), EnumSet.noneOf(Privilege.class)),
    /** Databases. */
    DATABASE(
        "database", 1262, EnumSet.of(CREATE, TEMPORARY, CONNECT), EnumSet.of(TEMPORARY, CONNECT));

    private final String word;
    private final int classOid;
    private final Set<Privilege> all;
    private final Set<Privilege> ofPublic;

    Kind(String word, int classOid, Set<Privilege> all, Set<Privilege> ofPublic) {
      this.word = word;
      this.classOid = classOid;
      this.all = all;
      this.ofPublic = ofPublic;
    }

    /** Returns the word for the kind in messages. */
    public String word() {
      return word;
    }

    /** Returns the oid of the catalog that such objects are in. */
    public int classOid() {
      return classOid;
    }

    /** Returns the privileges that there are on such an object; the owner has them all. */
    public Set<Privilege> all() {
      return all;
    }

    /** Returns what everybody may do unless it was taken away. */
    public Set<Privilege> ofPublic() {
      return ofPublic;
    }
  }
}
