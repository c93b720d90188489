// LangChain.js: its vector store over node-postgres, with filters and an hnsw index.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { randomUUID } from 'node:crypto';
import { Document } from '@langchain/core/documents';
import { Embeddings } from '@langchain/core/embeddings';
import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
import { config, embed, passages } from './fixtures.mjs';

class HashEmbeddings extends Embeddings {
  constructor() {
    super({});
  }
  async embedDocuments(texts) {
    return texts.map((t) => embed(t));
  }
  async embedQuery(text) {
    return embed(text);
  }
}

const question = 'When are pumps serviced every six months?';
const documents = passages.map(([pageContent, metadata]) => new Document({ pageContent, metadata }));
let store;

before(async () => {
  store = await PGVectorStore.initialize(new HashEmbeddings(), {
    postgresConnectionOptions: config,
    tableName: 'passages',
    collectionName: 'all',
    collectionTableName: 'collections',
    dimensions: 8,
    distanceStrategy: 'cosine',
  });
  await store.addDocuments(documents);
});
after(() => store.end());

async function pages(filter, k = 10) {
  const found = await store.similaritySearch(question, k, filter);
  return new Set(found.map((d) => d.metadata.page));
}

test('search', async () => {
  const found = await store.similaritySearchWithScore(question, 2);
  assert.equal(found[0][0].metadata.page, 1);
  const a = embed(question);
  const b = embed(passages[0][0]);
  assert.ok(Math.abs(found[0][1] - (1 - a.reduce((sum, v, i) => sum + v * b[i], 0))) < 1e-5);
  assert.equal((await store.maxMarginalRelevanceSearch(question, { k: 2, fetchK: 4 })).length, 2);
});

test('filters', async () => {
  assert.deepEqual(await pages({ topic: 'pumps' }), new Set([1, 4]));
  assert.deepEqual(await pages({ topic: { in: ['money', 'valves'] } }), new Set([2, 3]));
  assert.deepEqual(await pages({ topic: { notIn: ['money', 'valves'] } }), new Set([1, 4]));
  assert.deepEqual(await pages({ page: { gt: 1, lte: 3 } }), new Set([2, 3]));
  assert.deepEqual(await pages({ topic: { neq: 'pumps' } }), new Set([2, 3]));
  assert.deepEqual(await pages({ tags: { arrayContains: ['b'] } }), new Set([1, 2]));
});

test('ids, deletion and duplicates', async () => {
  const ids = [randomUUID(), randomUUID()];
  const extra = ids.map((id) => new Document({ pageContent: 'extra ' + id, metadata: { page: 99 } }));
  await store.addDocuments(extra, { ids });
  assert.equal((await store.similaritySearch('extra', 10, { page: 99 })).length, 2);
  await assert.rejects(store.addDocuments([extra[0]], { ids: [ids[0]] }), /duplicate key/);
  await store.delete({ ids: [ids[0]] });
  await store.delete({ filter: { page: 99 } });
  assert.equal((await store.similaritySearch('extra', 10, { page: 99 })).length, 0);
});

test('hnsw index', async () => {
  await store.createHnswIndex({ dimensions: 8, efConstruction: 64, m: 16 });
  assert.deepEqual(await pages(undefined, 1), new Set([1]));
});
