import { problemKinds } from '@/lib/api/problem-kinds';
import { type Operation, type Responses, resolved } from './description';
import { table } from './markdown';

/** A problem that an operation can answer with. Those of the management API have a kind. */
export type Problem = { status: string; kind?: string; meaning: string };

export function problemsOf({ responses }: Operation, shared: Responses): Problem[] {
  return Object.entries(responses)
    .filter(([status]) => Number(status) >= 400)
    .flatMap(([status, response]) => {
      const meaning = resolved(response, shared).description.replace(/\.$/, '');
      return '$ref' in response ? kindsOf(status, meaning) : [{ status, meaning }];
    });
}

/** One response may stand for several kinds of the same status: it has the titles of all. */
function kindsOf(status: string, titles: string): Problem[] {
  const found = Object.entries(problemKinds).filter(
    ([, [of, title]]) => String(of) === status && titles.split('. ').includes(title),
  );
  if (found.length === 0) throw new Error(`No kind of problem is ${status} "${titles}".`);
  return found.map(([kind, [, meaning]]) => ({ status, kind, meaning }));
}

/** The problems that all of these operations can answer with. */
export function sharedProblems(all: Problem[][]): Problem[] {
  const [first = [], ...others] = all;
  return first.filter((one) => others.every((list) => list.some((other) => same(one, other))));
}

export const same = (one: Problem, other: Problem) =>
  one.status === other.status && one.meaning === other.meaning;

/** The cells of a problem: status with kind, and meaning. */
export const problemRow = ({ status, kind, meaning }: Problem) => [
  kind ? `${status} \`${kind}\`` : status,
  meaning,
];

/** Every kind of problem of the management API. */
export function problemTable(): string {
  const rows = Object.entries(problemKinds).map(([kind, [status, title, page]]) => [
    `\`${kind}\``,
    String(status),
    `${title}. ${page}`,
  ]);
  return table(['kind', 'status', 'meaning'], rows);
}
