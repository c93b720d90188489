package io.quarkgres.engine.bind.tree;

import java.util.List;

/**
 * Tells whether two bound subqueries are the same, names and all, but for the numbers of their
 * relations. Relations are paired from the inputs up, so that a reference is compared when what it
 * refers to is known. A subquery with common table expressions, row locks or changes is the same as
 * no other. Used by one thread.
 */
final class RelationEquivalence {
  private final Equivalence expressions;

  RelationEquivalence(Equivalence expressions) {
    this.expressions = expressions;
  }

  boolean equal(Relation a, Relation b) {
    if (a.getClass() != b.getClass() || !sameNames(a.outputs(), b.outputs())) {
      return false;
    }
    return switch (a) {
      case Relation.SingleRow x -> true;
      case Relation.Scan x -> scan(x, (Relation.Scan) b);
      case Relation.VirtualScan x -> virtualScan(x, (Relation.VirtualScan) b);
      case Relation.InputScan x -> false;
      case Relation.Values x -> values(x, (Relation.Values) b);
      case Relation.FunctionScan x -> functionScan(x, (Relation.FunctionScan) b);
      case Relation.Project x -> project(x, (Relation.Project) b);
      case Relation.ProjectSet x -> projectSet(x, (Relation.ProjectSet) b);
      case Relation.Filter x -> filter(x, (Relation.Filter) b);
      case Relation.Join x -> join(x, (Relation.Join) b);
      case Relation.Aggregate x -> aggregate(x, (Relation.Aggregate) b);
      case Relation.Window x -> window(x, (Relation.Window) b);
      case Relation.Distinct x -> equal(x.input(), ((Relation.Distinct) b).input());
      case Relation.DistinctOn x -> distinctOn(x, (Relation.DistinctOn) b);
      case Relation.Sort x -> sort(x, (Relation.Sort) b);
      case Relation.Limit x -> limit(x, (Relation.Limit) b);
      case Relation.SetOperation x -> setOperation(x, (Relation.SetOperation) b);
      case Relation.With x -> false;
      case Relation.CteScan x -> cteScan(x, (Relation.CteScan) b);
      case Relation.LockRows x -> false;
      case Relation.Modify x -> false;
    };
  }

  private static boolean sameNames(List<OutputColumn> a, List<OutputColumn> b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (!a.get(i).name().equals(b.get(i).name())) {
        return false;
      }
    }
    return true;
  }

  private boolean paired(int a, int b) {
    expressions.pair(a, b);
    return true;
  }

  private boolean scan(Relation.Scan a, Relation.Scan b) {
    return a.table().oid() == b.table().oid()
        && a.alias().equals(b.alias())
        && paired(a.relation(), b.relation());
  }

  private boolean virtualScan(Relation.VirtualScan a, Relation.VirtualScan b) {
    return a.table() == b.table()
        && a.alias().equals(b.alias())
        && paired(a.relation(), b.relation());
  }

  private boolean values(Relation.Values a, Relation.Values b) {
    if (a.rows().size() != b.rows().size()) {
      return false;
    }
    for (int i = 0; i < a.rows().size(); i++) {
      if (!expressions.equal(a.rows().get(i), b.rows().get(i))) {
        return false;
      }
    }
    return paired(a.relation(), b.relation());
  }

  private boolean functionScan(Relation.FunctionScan a, Relation.FunctionScan b) {
    return a.withOrdinality() == b.withOrdinality()
        && functions(a.functions(), b.functions())
        && paired(a.relation(), b.relation());
  }

  private boolean functions(List<Relation.TableFunction> a, List<Relation.TableFunction> b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (!function(a.get(i), b.get(i))) {
        return false;
      }
    }
    return true;
  }

  private boolean function(Relation.TableFunction a, Relation.TableFunction b) {
    if (a.columnCount() != b.columnCount() || (a.call() == null) != (b.call() == null)) {
      return false;
    }
    return a.call() == null
        ? expressions.equal(a.scalar(), b.scalar())
        : Equivalence.sameCall(a.call(), b.call())
            && expressions.equal(a.arguments(), b.arguments());
  }

  private boolean project(Relation.Project a, Relation.Project b) {
    return equal(a.input(), b.input())
        && expressions.equal(a.expressions(), b.expressions())
        && paired(a.relation(), b.relation());
  }

  private boolean projectSet(Relation.ProjectSet a, Relation.ProjectSet b) {
    return equal(a.input(), b.input())
        && functions(a.functions(), b.functions())
        && paired(a.relation(), b.relation());
  }

  private boolean filter(Relation.Filter a, Relation.Filter b) {
    return equal(a.input(), b.input()) && expressions.equal(a.predicate(), b.predicate());
  }

  private boolean join(Relation.Join a, Relation.Join b) {
    return a.kind() == b.kind()
        && a.isLateral() == b.isLateral()
        && equal(a.left(), b.left())
        && equal(a.right(), b.right())
        && expressions.equal(a.condition(), b.condition());
  }

  private boolean aggregate(Relation.Aggregate a, Relation.Aggregate b) {
    if (!equal(a.input(), b.input())
        || !expressions.equal(a.keys(), b.keys())
        || !a.sets().equals(b.sets())
        || !a.groupings().equals(b.groupings())
        || a.aggregates().size() != b.aggregates().size()) {
      return false;
    }
    for (int i = 0; i < a.aggregates().size(); i++) {
      if (!expressions.equal(a.aggregates().get(i), b.aggregates().get(i))) {
        return false;
      }
    }
    return paired(a.relation(), b.relation());
  }

  private boolean window(Relation.Window a, Relation.Window b) {
    if (!equal(a.input(), b.input())
        || !expressions.equal(a.partitionBy(), b.partitionBy())
        || !expressions.equalKeys(a.orderBy(), b.orderBy())
        || !frame(a.frame(), b.frame())
        || a.calls().size() != b.calls().size()) {
      return false;
    }
    for (int i = 0; i < a.calls().size(); i++) {
      Relation.WindowCall x = a.calls().get(i);
      Relation.WindowCall y = b.calls().get(i);
      if (!Equivalence.sameCall(x.call(), y.call())
          || !expressions.equal(x.arguments(), y.arguments())
          || !expressions.equal(x.filter(), y.filter())) {
        return false;
      }
    }
    return paired(a.relation(), b.relation());
  }

  private boolean frame(Relation.Frame a, Relation.Frame b) {
    if (a == null || b == null) {
      return a == b;
    }
    return a.mode() == b.mode()
        && a.start() == b.start()
        && a.end() == b.end()
        && a.exclusion() == b.exclusion()
        && expressions.equal(a.startOffset(), b.startOffset())
        && expressions.equal(a.endOffset(), b.endOffset());
  }

  private boolean distinctOn(Relation.DistinctOn a, Relation.DistinctOn b) {
    return equal(a.input(), b.input()) && expressions.equal(a.keys(), b.keys());
  }

  private boolean sort(Relation.Sort a, Relation.Sort b) {
    return equal(a.input(), b.input()) && expressions.equalKeys(a.keys(), b.keys());
  }

  private boolean limit(Relation.Limit a, Relation.Limit b) {
    return (a.ties() == null) == (b.ties() == null)
        && equal(a.input(), b.input())
        && expressions.equal(a.count(), b.count())
        && expressions.equal(a.offset(), b.offset());
  }

  private boolean setOperation(Relation.SetOperation a, Relation.SetOperation b) {
    return a.kind() == b.kind()
        && a.isAll() == b.isAll()
        && equal(a.left(), b.left())
        && equal(a.right(), b.right())
        && paired(a.relation(), b.relation());
  }

  private boolean cteScan(Relation.CteScan a, Relation.CteScan b) {
    return a.cte() == b.cte() && paired(a.relation(), b.relation());
  }
}
