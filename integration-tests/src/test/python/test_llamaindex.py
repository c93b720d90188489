"""LlamaIndex's PGVectorStore: SQLAlchemy over psycopg2 and asyncpg, filters on JSON metadata."""

import asyncio
import unittest

from llama_index.core.schema import TextNode
from llama_index.core.vector_stores.types import (
    FilterCondition,
    FilterOperator,
    MetadataFilter,
    MetadataFilters,
    VectorStoreQuery,
)
from llama_index.vector_stores.postgres import PGVectorStore

from fixtures import DATABASE, HOST, PASSAGES, PORT, USER, embed

QUESTION = "When are pumps serviced every six months?"


class LlamaIndexTest(unittest.TestCase):
    def setUp(self):
        self.store = PGVectorStore.from_params(
            host=HOST, port=str(PORT), database=DATABASE, user=USER, password="none",
            table_name="passages", embed_dim=8, use_jsonb=True,
            hnsw_kwargs={
                "hnsw_m": 16, "hnsw_ef_construction": 64, "hnsw_ef_search": 40,
                "hnsw_dist_method": "vector_cosine_ops"})
        self.store.clear()
        self.store.add([
            TextNode(id_=f"n{i}", text=text, metadata=meta, embedding=embed(text))
            for i, (text, meta) in enumerate(PASSAGES)])

    def tearDown(self):
        asyncio.run(self.store.close())

    def query(self, **more):
        return self.store.query(
            VectorStoreQuery(query_embedding=embed(QUESTION), similarity_top_k=4, **more))

    def test_search(self):
        found = self.query()
        self.assertEqual(found.nodes[0].text, PASSAGES[0][0])
        self.assertEqual(found.similarities, sorted(found.similarities, reverse=True))
        self.assertEqual(len(self.store.get_nodes(node_ids=["n1", "n2"])), 2)
        self.store.delete_nodes(node_ids=["n0"])
        self.assertEqual(len(self.query().nodes), 3)

    def test_filters(self):
        def pages(*filters, condition=FilterCondition.AND):
            found = self.query(filters=MetadataFilters(filters=list(filters), condition=condition))
            return {n.metadata["page"] for n in found.nodes}

        def where(key, operator, value):
            return MetadataFilter(key=key, value=value, operator=operator)

        self.assertEqual(pages(where("topic", FilterOperator.EQ, "pumps")), {1, 4})
        self.assertEqual(pages(where("page", FilterOperator.GT, 2)), {3, 4})
        self.assertEqual(pages(where("topic", FilterOperator.IN, ["money", "valves"])), {2, 3})
        self.assertEqual(pages(where("topic", FilterOperator.NE, "pumps")), {2, 3})
        self.assertEqual(pages(where("topic", FilterOperator.TEXT_MATCH, "ump")), {1, 4})
        self.assertEqual(
            pages(where("topic", FilterOperator.EQ, "money"), where("lang", FilterOperator.EQ, "de"),
                  condition=FilterCondition.OR), {3, 4})

    def test_async(self):
        async def run():
            await self.store.async_add([TextNode(id_="extra", text="extra", embedding=embed("extra"))])
            found = await self.store.aquery(
                VectorStoreQuery(query_embedding=embed("extra"), similarity_top_k=1))
            self.assertEqual(found.ids, ["extra"])
            await self.store.close()

        asyncio.run(run())


if __name__ == "__main__":
    unittest.main()
