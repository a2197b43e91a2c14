import 'server-only';
import { sql } from 'drizzle-orm';
import type { Order, Term } from '@/lib/lists/order';
import type { userSorts } from './user-input';

type Word<Sort> = Sort extends `-${string}` ? never : Sort;

/** Written as their indexes are; the id settles ties, so pages hold still. */
const terms: Record<Word<(typeof userSorts)[number]>, Term> = {
  username: { value: sql`t.username_folded collate "C"`, type: 'text', as: 'name' },
  name: { value: sql`lower(t.display_name)`, type: 'text', as: 'shown' },
  email: { value: sql`lower(t.email)`, type: 'text', as: 'address' },
  status: { value: sql`t.active`, type: 'boolean' },
  created: { value: sql`t.created_at`, type: 'timestamp' },
};

/** Never SQL from the address: the sort words map to these. Active users come before disabled ones. */
export function userOrder(sort: (typeof userSorts)[number]): Order {
  const word = sort.replace(/^-/, '') as keyof typeof terms;
  const upwards = !sort.startsWith('-');
  return {
    terms: [terms[word], { value: sql`t.id`, type: 'uuid' }],
    down: word === 'status' ? upwards : !upwards,
  };
}
