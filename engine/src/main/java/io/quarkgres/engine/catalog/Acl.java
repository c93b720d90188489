package io.quarkgres.engine.catalog;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * The rights that were granted on an object, as {@code relacl} and its like keep them: an item for
 * each pair of grantee and grantor. Immutable. Thread: any.
 */
public record Acl(List<Item> items) {
  /** The grantee that means everybody. */
  public static final int PUBLIC = 0;

  /** Copies the list. */
  public Acl {
    items = List.copyOf(items);
  }

  /**
   * What one role gave another.
   *
   * @param options those of the privileges that the grantee may pass on
   */
  public record Item(int grantee, int grantor, Set<Privilege> privileges, Set<Privilege> options) {
    /** Copies the sets. */
    public Item {
      privileges = copy(privileges);
      options = copy(options);
    }
  }

  private static Set<Privilege> copy(Set<Privilege> set) {
    EnumSet<Privilege> result = EnumSet.noneOf(Privilege.class);
    result.addAll(set);
    return result;
  }

  /** Returns what an object of an owner has when nothing was granted. */
  public static Acl ofOwner(Privilege.Kind kind, int owner) {
    List<Item> items = new ArrayList<>();
    if (!kind.ofPublic().isEmpty()) {
      items.add(new Item(PUBLIC, owner, kind.ofPublic(), Set.of()));
    }
    if (kind != Privilege.Kind.COLUMN) {
      items.add(new Item(owner, owner, kind.all(), Set.of()));
    }
    return new Acl(items);
  }

  /** Returns the rights with some granted. */
  public Acl grant(int grantee, int grantor, Set<Privilege> privileges, boolean isWithOption) {
    List<Item> result = new ArrayList<>(items);
    int index = find(result, grantee, grantor);
    Item old = index < 0 ? new Item(grantee, grantor, Set.of(), Set.of()) : result.get(index);
    Set<Privilege> all = copy(old.privileges());
    all.addAll(privileges);
    Set<Privilege> options = copy(old.options());
    if (isWithOption) {
      options.addAll(privileges);
    }
    Item made = new Item(grantee, grantor, all, options);
    if (index < 0) {
      result.add(made);
    } else {
      result.set(index, made);
    }
    return new Acl(result);
  }

  /** Returns the rights with some taken away, or only the right to pass them on. */
  public Acl revoke(int grantee, int grantor, Set<Privilege> privileges, boolean isOptionOnly) {
    List<Item> result = new ArrayList<>(items);
    int index = find(result, grantee, grantor);
    if (index < 0) {
      return this;
    }
    Item old = result.get(index);
    Set<Privilege> all = copy(old.privileges());
    Set<Privilege> options = copy(old.options());
    options.removeAll(privileges);
    if (!isOptionOnly) {
      all.removeAll(privileges);
    }
    if (all.isEmpty()) {
      result.remove(index);
    } else {
      result.set(index, new Item(grantee, grantor, all, options));
    }
    return new Acl(result);
  }

  private static int find(List<Item> items, int grantee, int grantor) {
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i).grantee() == grantee && items.get(i).grantor() == grantor) {
        return i;
      }
    }
    return -1;
  }

  /** Returns the rights after the object went from one owner to another. */
  public Acl withOwner(int before, int after) {
    List<Item> result = new ArrayList<>();
    for (Item item : items) {
      int grantee = item.grantee() == before ? after : item.grantee();
      int grantor = item.grantor() == before ? after : item.grantor();
      int index = find(result, grantee, grantor);
      Set<Privilege> all = copy(item.privileges());
      Set<Privilege> options = copy(item.options());
      if (index >= 0) {
        all.addAll(result.get(index).privileges());
        options.addAll(result.get(index).options());
        result.set(index, new Item(grantee, grantor, all, options));
      } else {
        result.add(new Item(grantee, grantor, all, options));
      }
    }
    return new Acl(result);
  }

  /** Tells whether a role is named. */
  public boolean mentions(int role) {
    return items.stream().anyMatch(i -> i.grantee() == role || i.grantor() == role);
  }

  /** Returns the text forms of the items. */
  public List<String> texts(IntFunction<String> roleName) {
    List<String> result = new ArrayList<>();
    for (Item item : items) {
      StringBuilder text = new StringBuilder();
      if (item.grantee() != PUBLIC) {
        text.append(shown(item.grantee(), roleName));
      }
      text.append('=');
      for (Privilege privilege : item.privileges()) {
        text.append(privilege.letter());
        if (item.options().contains(privilege)) {
          text.append('*');
        }
      }
      result.add(text.append('/').append(shown(item.grantor(), roleName)).toString());
    }
    return result;
  }

  private static String shown(int role, IntFunction<String> roleName) {
    String name = roleName.apply(role);
    if (name == null) {
      return Integer.toUnsignedString(role);
    }
    boolean isPlain = name.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_');
    return isPlain ? name : '"' + name.replace("\"", "\"\"") + '"';
  }
}
