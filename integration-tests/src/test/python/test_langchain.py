"""LangChain's vector stores for PostgreSQL: PGVector, PGEngine with PGVectorStore, chat history."""

import asyncio
import unittest
import uuid

import psycopg
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.messages import AIMessage, HumanMessage
from langchain_postgres import PGEngine, PGVector, PGVectorStore, PostgresChatMessageHistory
from langchain_postgres.v2.engine import Column
from langchain_postgres.v2.indexes import HNSWIndex, HNSWQueryOptions, IVFFlatIndex

from fixtures import DATABASE, HOST, PASSAGES, PORT, USER, embed, url


class HashEmbeddings(Embeddings):
    def embed_documents(self, texts):
        return [embed(text) for text in texts]

    def embed_query(self, text):
        return embed(text)


EMBEDDINGS = HashEmbeddings()
DOCUMENTS = [Document(page_content=text, metadata=meta) for text, meta in PASSAGES]
QUESTION = "When are pumps serviced every six months?"


class PGVectorTest(unittest.TestCase):
    def setUp(self):
        self.store = PGVector(
            EMBEDDINGS, connection=url("psycopg"), collection_name="passages", use_jsonb=True,
            pre_delete_collection=True)

    def test_search(self):
        self.store.add_documents(DOCUMENTS, ids=[str(i) for i in range(len(DOCUMENTS))])
        found = self.store.similarity_search_with_score(QUESTION, k=2)
        self.assertEqual(found[0][0].page_content, PASSAGES[0][0])
        self.assertLess(found[0][1], found[1][1])
        exact = sorted(1 - sum(a * b for a, b in zip(embed(QUESTION), embed(t))) for t, _ in PASSAGES)
        self.assertAlmostEqual(found[0][1], exact[0], places=5)
        self.store.delete(["0"])
        self.assertNotEqual(self.store.similarity_search(QUESTION, k=1)[0].page_content, PASSAGES[0][0])
        self.assertEqual([d.metadata["page"] for d in self.store.get_by_ids(["2"])], [3])
        # The same ids again: rows are replaced.
        self.store.add_documents(DOCUMENTS, ids=[str(i) for i in range(len(DOCUMENTS))])
        self.assertEqual(len(self.store.similarity_search(QUESTION, k=10)), len(DOCUMENTS))

    def test_filters(self):
        self.store.add_documents(DOCUMENTS)
        cases = [
            ({"topic": "pumps"}, {1, 4}),
            ({"topic": {"$eq": "valves"}}, {2}),
            ({"topic": {"$ne": "pumps"}}, {2, 3}),
            ({"page": {"$gt": 2}}, {3, 4}),
            ({"page": {"$lte": 2}}, {1, 2}),
            ({"page": {"$between": [2, 3]}}, {2, 3}),
            ({"topic": {"$in": ["money", "valves"]}}, {2, 3}),
            ({"topic": {"$nin": ["money", "valves"]}}, {1, 4}),
            ({"topic": {"$like": "%ump%"}}, {1, 4}),
            ({"$and": [{"topic": "pumps"}, {"lang": "de"}]}, {4}),
            ({"$or": [{"topic": "money"}, {"lang": "de"}]}, {3, 4}),
            ({"missing": {"$exists": False}}, {1, 2, 3, 4}),
        ]
        for condition, pages in cases:
            with self.subTest(filter=condition):
                found = self.store.similarity_search(QUESTION, k=10, filter=condition)
                self.assertEqual({d.metadata["page"] for d in found}, pages)

    def test_marginal_relevance(self):
        self.store.add_documents(DOCUMENTS)
        found = self.store.max_marginal_relevance_search(QUESTION, k=2, fetch_k=4)
        self.assertEqual(found[0].page_content, PASSAGES[0][0])
        self.assertEqual(len(found), 2)

    def test_async(self):
        async def run():
            store = PGVector(
                EMBEDDINGS, connection=url("psycopg"), collection_name="asynchronous", async_mode=True,
                pre_delete_collection=True)
            await store.aadd_documents(DOCUMENTS)
            found = await store.asimilarity_search(QUESTION, k=1)
            self.assertEqual(found[0].metadata["page"], 1)

        asyncio.run(run())


class PGVectorStoreTest(unittest.TestCase):
    def setUp(self):
        self.engine = PGEngine.from_connection_string(url("asyncpg"))
        self.engine.init_vectorstore_table(
            "store", vector_size=8, overwrite_existing=True,
            metadata_columns=[Column("topic", "TEXT"), Column("page", "INTEGER")])
        self.store = PGVectorStore.create_sync(
            self.engine, EMBEDDINGS, "store", metadata_columns=["topic", "page"],
            index_query_options=HNSWQueryOptions(ef_search=80))
        self.ids = self.store.add_documents(DOCUMENTS, ids=[str(uuid.UUID(int=i + 1)) for i in range(4)])

    def tearDown(self):
        self.engine._run_as_sync(self.engine.close())

    def pages(self, **search):
        return [d.metadata["page"] for d in self.store.similarity_search(QUESTION, **search)]

    def test_search(self):
        self.assertEqual(self.pages(k=1), [1])
        document, score = self.store.similarity_search_with_score(QUESTION, k=1)[0]
        self.assertEqual(document.metadata["lang"], "en")
        self.assertAlmostEqual(
            score, 1 - sum(a * b for a, b in zip(embed(QUESTION), embed(PASSAGES[0][0]))), places=5)
        self.assertEqual(len(self.store.max_marginal_relevance_search(QUESTION, k=3)), 3)
        self.store.delete(ids=[self.ids[0]])
        self.assertNotIn(1, self.pages(k=4))
        self.assertEqual(self.store.get_by_ids([self.ids[1]])[0].metadata["page"], 2)

    def test_filters(self):
        for condition, pages in [
            ({"topic": "pumps"}, {1, 4}),
            ({"page": {"$gte": 3}}, {3, 4}),
            ({"topic": {"$in": ["money", "valves"]}}, {2, 3}),
            ({"topic": {"$ilike": "PUMP%"}}, {1, 4}),
            ({"page": {"$between": (2, 3)}}, {2, 3}),
            ({"$not": {"topic": "pumps"}}, {2, 3}),
            ({"$or": [{"topic": "money"}, {"page": {"$lt": 2}}]}, {1, 3}),
        ]:
            with self.subTest(filter=condition):
                self.assertEqual(set(self.pages(k=10, filter=condition)), pages)

    def test_indexes(self):
        self.store.apply_vector_index(HNSWIndex(name="store_hnsw"))
        self.assertTrue(self.store.is_valid_index("store_hnsw"))
        self.assertEqual(self.pages(k=1), [1])
        self.store.reindex("store_hnsw")
        self.store.drop_vector_index("store_hnsw")
        self.assertFalse(self.store.is_valid_index("store_hnsw"))
        self.store.apply_vector_index(IVFFlatIndex(name="store_ivf", lists=1), concurrently=True)
        self.assertEqual(self.pages(k=1), [1])


class ChatHistoryTest(unittest.TestCase):
    def test_messages(self):
        with psycopg.connect(host=HOST, port=PORT, user=USER, dbname=DATABASE) as db:
            PostgresChatMessageHistory.create_tables(db, "chat")
            history = PostgresChatMessageHistory("chat", str(uuid.uuid4()), sync_connection=db)
            history.add_messages([HumanMessage("When are pumps serviced?"), AIMessage("Every six months.")])
            self.assertEqual([m.content for m in history.get_messages()],
                             ["When are pumps serviced?", "Every six months."])
            history.clear()
            self.assertEqual(history.get_messages(), [])


if __name__ == "__main__":
    unittest.main()
