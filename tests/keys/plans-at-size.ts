import { Client } from 'pg';
import { pagePool } from '@/db/client';
import { isFull, type Question } from './asked-at-size';

type Node = {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: Node[];
};

/** Lists read far fewer rows than this. A whole table of a million keys has far more. */
const mostRows = 250_000;
const large = ['api_key', 'key_last_use', 'directory_user', 'audit_event'];

const scans = (node: Node): Node[] => [
  ...(node['Relation Name'] ? [node] : []),
  ...(node.Plans ?? []).flatMap(scans),
];

type Asked = { text: string; values: unknown[] };

/** The statements that an answer took, including counts. */
export async function statementsOf(answer: Question[1]): Promise<Asked[]> {
  const query = jest.spyOn(pagePool(), 'query');
  try {
    const answered = await answer();
    if ('counted' in answered) await answered.counted;
    return query.mock.calls.map(([config, values]) => ({
      text: typeof config === 'string' ? config : (config as unknown as Asked).text,
      values: values as unknown as unknown[],
    }));
  } finally {
    query.mockRestore();
  }
}

/**
 * Fails if an answer reads a whole table. At full size, PostgreSQL's own plan is checked. At the short size, scanning a small table is often right, so
 * scans are switched off and this shows that no list needs one.
 */
export async function statementsWithoutScan(questions: Question[]): Promise<number> {
  const client = new Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  await client.query(`set jit = off; set enable_seqscan = ${isFull ? 'on' : 'off'}`);
  const seen = new Set<string>();
  for (const [name, question] of questions) {
    for (const { text, values } of await statementsOf(question)) {
      const key = `${text} ${JSON.stringify(values)}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const { rows } = await client.query(
        `explain (format json${isFull ? ', analyze' : ''}) ${text}`,
        values,
      );
      for (const scan of scans(rows[0]['QUERY PLAN'][0].Plan as Node)) {
        const relation = scan['Relation Name'] ?? '';
        if (!large.includes(relation)) continue;
        // The first 10,001 of many matching events are found soon, so only the number of rows read counts.
        if (!isFull || relation !== 'audit_event')
          expect(`${name}: ${scan['Node Type']}`).not.toMatch(/Seq Scan/);
        const read = scan['Actual Rows'] + (scan['Rows Removed by Filter'] ?? 0);
        if (isFull)
          expect(`${name} ${read * scan['Actual Loops'] < mostRows}`).toBe(`${name} true`);
      }
    }
  }
  await client.end();
  return seen.size;
}
