"""SQLAlchemy 2 over psycopg and asyncpg: core, ORM, reflection, vectors."""

import asyncio
import datetime as dt
import decimal
import unittest
import uuid

import sqlalchemy as sa
from pgvector.sqlalchemy import Vector
from sqlalchemy import orm
from sqlalchemy.dialects import postgresql as pg
from sqlalchemy.ext.asyncio import create_async_engine

from fixtures import url


class Base(orm.DeclarativeBase):
    pass


class Author(Base):
    __tablename__ = "author"
    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    name: orm.Mapped[str] = orm.mapped_column(sa.String(40), unique=True)
    books: orm.Mapped[list["Book"]] = orm.relationship(back_populates="author", cascade="all, delete-orphan")


class Book(Base):
    __tablename__ = "book"
    id: orm.Mapped[uuid.UUID] = orm.mapped_column(primary_key=True, default=uuid.uuid4)
    author_id: orm.Mapped[int] = orm.mapped_column(sa.ForeignKey("author.id", ondelete="CASCADE"), index=True)
    title: orm.Mapped[str]
    price: orm.Mapped[decimal.Decimal | None] = orm.mapped_column(sa.Numeric(8, 2))
    tags: orm.Mapped[list[str]] = orm.mapped_column(pg.ARRAY(sa.Text), default=list)
    meta: orm.Mapped[dict] = orm.mapped_column(pg.JSONB, default=dict)
    created: orm.Mapped[dt.datetime] = orm.mapped_column(
        sa.DateTime(timezone=True), server_default=sa.func.now())
    author: orm.Mapped[Author] = orm.relationship(back_populates="books")
    __table_args__ = (sa.CheckConstraint("price >= 0", name="price_not_negative"),)


class SqlAlchemyTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.engine = sa.create_engine(url("psycopg"))

    @classmethod
    def tearDownClass(cls):
        cls.engine.dispose()

    def setUp(self):
        Base.metadata.drop_all(self.engine)
        Base.metadata.create_all(self.engine)

    def test_dialect_sees_the_server(self):
        with self.engine.connect() as db:
            self.assertEqual(db.dialect.server_version_info[0], 15)
            self.assertEqual(db.dialect.default_schema_name, "public")
            self.assertEqual(db.get_isolation_level(), "READ COMMITTED")

    def test_objects(self):
        with orm.Session(self.engine) as session:
            ann = Author(name="Ann", books=[
                Book(title="One", price=decimal.Decimal("9.90"), tags=["a", "b"], meta={"pages": 10}),
                Book(title="Two", price=None)])
            session.add_all([ann, Author(name="Bob")])
            session.commit()
            found = session.scalars(
                sa.select(Book).join(Author).where(Author.name == "Ann").order_by(Book.title)).all()
            self.assertEqual([b.title for b in found], ["One", "Two"])
            self.assertEqual(found[0].price, decimal.Decimal("9.90"))
            self.assertEqual(found[0].tags, ["a", "b"])
            self.assertIsNotNone(found[0].created.tzinfo)
            self.assertEqual(
                session.scalars(sa.select(Book.title).where(Book.meta["pages"].as_integer() > 5)).all(), ["One"])
            self.assertEqual(session.scalars(sa.select(Book.title).where(Book.tags.any("b"))).all(), ["One"])
            found[0].title = "First"
            ann.books.remove(found[1])
            session.commit()
            self.assertEqual(session.scalar(sa.select(sa.func.count()).select_from(Book)), 1)
            session.delete(ann)
            session.commit()
            self.assertEqual(session.scalar(sa.select(sa.func.count()).select_from(Book)), 0)

    def test_core_statements(self):
        author = Author.__table__
        with self.engine.begin() as db:
            rows = db.execute(
                sa.insert(author).returning(author.c.id, author.c.name),
                [{"name": f"n{i}"} for i in range(300)]).all()
            self.assertEqual(len(rows), 300)
            upsert = pg.insert(author).values([{"name": "n1"}, {"name": "zoe"}])
            upsert = upsert.on_conflict_do_update(
                index_elements=["name"], set_={"name": upsert.excluded.name + "!"}).returning(author.c.name)
            self.assertEqual(sorted(db.execute(upsert).scalars()), ["n1!", "zoe"])
            ranked = sa.select(
                author.c.name, sa.func.row_number().over(order_by=author.c.id).label("n")).subquery()
            self.assertEqual(db.execute(sa.select(ranked.c.name).where(ranked.c.n == 3)).scalar(), "n2")
            tree = sa.select(sa.literal(1).label("n")).cte("t", recursive=True)
            tree = tree.union_all(sa.select(tree.c.n + 1).where(tree.c.n < 5))
            self.assertEqual(db.execute(sa.select(sa.func.sum(tree.c.n))).scalar(), 15)
            self.assertEqual(
                db.execute(sa.select(author.c.id).where(author.c.name.in_(["n5", "n6"])).with_for_update()).all().__len__(), 2)
            self.assertEqual(db.execute(sa.delete(author).where(author.c.name.like("n%"))).rowcount, 300)

    def test_errors(self):
        with self.engine.connect() as db:
            with self.assertRaises(sa.exc.IntegrityError) as caught:
                db.execute(sa.insert(Book.__table__), {"author_id": 999, "title": "x", "id": uuid.uuid4()})
            self.assertEqual(caught.exception.orig.sqlstate, "23503")
            db.rollback()
            with self.assertRaises(sa.exc.ProgrammingError) as caught:
                db.execute(sa.text("SELECT * FROM nowhere"))
            self.assertEqual(caught.exception.orig.sqlstate, "42P01")
            db.rollback()
            with db.begin():
                with self.assertRaises(sa.exc.DataError):
                    with db.begin_nested():
                        db.execute(sa.text("SELECT 1/0"))
                self.assertEqual(db.scalar(sa.text("SELECT 1")), 1)

    def test_reflection(self):
        with self.engine.begin() as db:
            db.execute(sa.text("DROP SCHEMA IF EXISTS other CASCADE"))
            db.execute(sa.text("CREATE SCHEMA other"))
            db.execute(sa.text("CREATE TABLE other.keyed (a int, b text, c int DEFAULT 5, PRIMARY KEY (b, a), UNIQUE (c))"))
            db.execute(sa.text("CREATE VIEW cheap AS SELECT title FROM book WHERE price < 5"))
            db.execute(sa.text("COMMENT ON TABLE book IS 'what is read'"))
            db.execute(sa.text("COMMENT ON COLUMN book.title IS 'its name'"))
            db.execute(sa.text("CREATE INDEX book_title_lower ON book (lower(title)) WHERE price IS NOT NULL"))
        try:
            see = sa.inspect(self.engine)
            self.assertEqual(set(see.get_table_names()), {"author", "book"})
            self.assertEqual(see.get_view_names(), ["cheap"])
            self.assertIn("price < ", see.get_view_definition("cheap"))
            self.assertIn("other", see.get_schema_names())
            columns = {c["name"]: c for c in see.get_columns("book")}
            self.assertIsInstance(columns["id"]["type"], sa.UUID)
            self.assertEqual((columns["price"]["type"].precision, columns["price"]["type"].scale), (8, 2))
            self.assertIsInstance(columns["tags"]["type"], pg.ARRAY)
            self.assertIsInstance(columns["meta"]["type"], pg.JSONB)
            self.assertTrue(columns["created"]["type"].timezone)
            self.assertEqual(columns["created"]["default"], "now()")
            self.assertFalse(columns["title"]["nullable"])
            self.assertEqual(columns["title"]["comment"], "its name")
            self.assertEqual(see.get_pk_constraint("keyed", schema="other")["constrained_columns"], ["b", "a"])
            self.assertEqual(see.get_unique_constraints("keyed", schema="other")[0]["column_names"], ["c"])
            key = see.get_foreign_keys("book")[0]
            self.assertEqual((key["referred_table"], key["options"]), ("author", {"ondelete": "CASCADE"}))
            self.assertEqual(see.get_check_constraints("book")[0]["name"], "price_not_negative")
            indexes = {i["name"]: i for i in see.get_indexes("book")}
            self.assertEqual(indexes["ix_book_author_id"]["column_names"], ["author_id"])
            self.assertEqual(indexes["book_title_lower"]["expressions"], ["lower(title::text)"])
            self.assertEqual(see.get_table_comment("book")["text"], "what is read")
            self.assertIn("author_id_seq", see.get_sequence_names())
            copy = sa.MetaData()
            copy.reflect(self.engine)
            self.assertEqual(
                {c.name for c in copy.tables["book"].columns}, {c.name for c in Book.__table__.columns})
            self.assertEqual([f.column.table.name for f in copy.tables["book"].foreign_keys], ["author"])
        finally:
            with self.engine.begin() as db:
                db.execute(sa.text("DROP VIEW IF EXISTS cheap"))
                db.execute(sa.text("DROP SCHEMA IF EXISTS other CASCADE"))

    def test_stream_results(self):
        with self.engine.connect() as db:
            result = db.execution_options(stream_results=True, max_row_buffer=50).execute(
                sa.text("SELECT generate_series(1, 500) AS n"))
            self.assertEqual(sum(r.n for r in result), 125250)

    def test_asyncpg(self):
        async def run():
            engine = create_async_engine(url("asyncpg"))
            async with engine.begin() as db:
                self.assertEqual(
                    (await db.execute(sa.select(sa.cast(sa.literal("7"), sa.Integer) + 1))).scalar(), 8)
                await db.execute(sa.insert(Author.__table__), [{"name": "a"}, {"name": "b"}])
                names = (await db.execute(sa.select(Author.name).order_by(Author.name))).scalars().all()
                self.assertEqual(names, ["a", "b"])
                self.assertEqual(
                    set(await db.run_sync(lambda c: sa.inspect(c).get_table_names())), {"author", "book"})
            await engine.dispose()

        asyncio.run(run())

    def test_vectors(self):
        with self.engine.begin() as db:
            db.execute(sa.text("CREATE EXTENSION IF NOT EXISTS vector"))
        meta = sa.MetaData()
        items = sa.Table(
            "items", meta, sa.Column("id", sa.Integer, primary_key=True), sa.Column("e", Vector(3)),
            sa.Index("items_e", "e", postgresql_using="hnsw", postgresql_with={"m": 16, "ef_construction": 64},
                     postgresql_ops={"e": "vector_cosine_ops"}))
        meta.drop_all(self.engine)
        meta.create_all(self.engine)
        with self.engine.begin() as db:
            db.execute(sa.insert(items), [{"e": [1, 0, 0]}, {"e": [0, 1, 0]}, {"e": [0.9, 0.1, 0]}])
            distance = items.c.e.cosine_distance([1, 0, 0])
            rows = db.execute(sa.select(items.c.id, distance.label("d")).order_by(distance).limit(2)).all()
            self.assertEqual([r.id for r in rows], [1, 3])
            self.assertAlmostEqual(rows[0].d, 0)
            mean = db.execute(sa.select(sa.func.avg(items.c.e))).scalar()
            self.assertEqual(len(mean.strip("[]").split(",") if isinstance(mean, str) else mean), 3)
        see = sa.inspect(self.engine)
        self.assertEqual({c["name"]: str(c["type"]) for c in see.get_columns("items")}["e"], "VECTOR(3)")
        self.assertEqual(see.get_indexes("items")[0]["dialect_options"]["postgresql_using"], "hnsw")
        meta.drop_all(self.engine)


if __name__ == "__main__":
    unittest.main()
