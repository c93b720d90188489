// What the suites share: where the server is, and embeddings that need no model.

import { createHash } from 'node:crypto';

export const config = {
  host: process.env.PGHOST,
  port: Number(process.env.PGPORT),
  database: process.env.PGDATABASE,
  user: 'postgres',
};

/** A direction for a text: near for texts that share words. */
export function embed(text, dimensions = 8) {
  const vector = new Array(dimensions).fill(0);
  for (const word of text.toLowerCase().split(/\s+/)) {
    const digest = createHash('sha256').update(word.replace(/[.,?!]+$/, '')).digest();
    for (let i = 0; i < dimensions; i++) {
      vector[i] += digest[i] / 255 - 0.5;
    }
  }
  const length = Math.hypot(...vector) || 1;
  return vector.map((v) => v / length);
}

export const passages = [
  ['Pumps are serviced every six months.', { topic: 'pumps', page: 1, tags: ['a', 'b'] }],
  ['Valves are checked every year.', { topic: 'valves', page: 2, tags: ['b'] }],
  ['Invoices are paid within thirty days.', { topic: 'money', page: 3, tags: [] }],
  ['Pumpen werden halbjährlich gewartet.', { topic: 'pumps', page: 4, lang: 'de' }],
];
