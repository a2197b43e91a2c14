/** Whether a user is a person or a service. Client-safe. */
export { kinds } from '@/db/schema/directory-user';
