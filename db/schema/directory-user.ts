import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  boolean,
  check,
  index,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';

/** The roles of administrators, weakest first. Users without a role see at most their own keys. */
export const roles = ['viewer', 'operator', 'admin'] as const;

/** Whether a user is a person or a service. */
export const kinds = ['person', 'service'] as const;

/**
 * Users: people and services that own keys or sign in. Deleted users keep their row, so that a call with one
 * of their dead keys can be traced to the former owner.
 */
export const directoryUser = pgTable(
  'directory_user',
  {
    id: uuid().primaryKey(),
    username: text().notNull(),
    /**
     * The form of the name for uniqueness, look-up and search, in which names that look the same are equal. A
     * trigger sets it. Trailing blanks mark a user who shared a name before that was forbidden.
     */
    usernameFolded: text('username_folded').notNull().default(''),
    /** The same with Latin letters in place of similar ones from other scripts; null if nothing changes. */
    usernameLookalike: text('username_lookalike'),
    displayName: text('display_name').notNull().default(''),
    email: text().notNull().default(''),
    active: boolean().notNull().default(true),
    kind: text({ enum: kinds }).notNull().default('person'),
    /**
     * The person who answers for a service. A trigger refuses anybody but an active person, and removes them
     * here when they are disabled or deleted.
     */
    responsibleId: uuid('responsible_id').references((): AnyPgColumn => directoryUser.id),
    role: text({ enum: roles }),
    /** Argon2id, PHC string. */
    passwordHash: text('password_hash'),
    /** Set for a one-time password, which only opens the form for a new password. */
    oneTimeUntil: timestamp('one_time_until', { withTimezone: true }),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
    /** When they were last enabled again. A trigger sets it. */
    enabledAt: timestamp('enabled_at', { withTimezone: true }),
    deletedAt: timestamp('deleted_at', { withTimezone: true }),
  },
  (user) => [
    uniqueIndex('directory_user_username_unique')
      .on(user.usernameFolded)
      .where(sql`deleted_at is null`),
    // One index for each order of the directory, read in both directions. The first also finds prefixes.
    index('directory_user_by_username')
      .on(sql`username_folded collate "C"`, user.id)
      .where(sql`deleted_at is null`),
    index('directory_user_by_name')
      .on(sql`lower(display_name)`, user.id)
      .where(sql`deleted_at is null`),
    index('directory_user_by_email').on(sql`lower(email)`, user.id).where(sql`deleted_at is null`),
    index('directory_user_by_status').on(user.active, user.id).where(sql`deleted_at is null`),
    index('directory_user_by_created').on(user.createdAt, user.id).where(sql`deleted_at is null`),
    index('directory_user_username_search').using('gin', sql`${user.usernameFolded} gin_trgm_ops`),
    // A person is looked for by these as well.
    index('directory_user_person_search')
      .using(
        'gin',
        sql`name_part(${user.displayName}) gin_trgm_ops`,
        sql`name_part(${user.email}) gin_trgm_ops`,
      )
      .where(sql`deleted_at is null`),
    index('directory_user_lookalike')
      .on(user.usernameLookalike)
      .where(sql`username_lookalike is not null and deleted_at is null`),
    // The filter by kind, and the services of a person.
    index('directory_user_by_kind').on(user.kind, user.id).where(sql`deleted_at is null`),
    index('directory_user_responsible_for')
      .on(user.responsibleId)
      .where(sql`responsible_id is not null`),
    // Users who shared a name with another one before that was forbidden.
    index('directory_user_twin')
      .on(sql`rtrim(username_folded)`)
      .where(sql`username_folded like '% ' and deleted_at is null`),
    // Disabled users, whose keys have no active owner.
    index('directory_user_disabled').on(user.id).where(sql`not active and deleted_at is null`),
    check('directory_user_username_length', sql`char_length(username) between 1 and 64`),
    check('directory_user_username_trimmed', sql`username = btrim(username)`),
    check('directory_user_display_name_length', sql`char_length(display_name) <= 100`),
    check('directory_user_email_length', sql`char_length(email) <= 254`),
    check('directory_user_kind', sql`kind in ('person', 'service')`),
    check('directory_user_responsible', sql`responsible_id is null or kind = 'service'`),
    check('directory_user_responsible_other', sql`responsible_id <> id`),
    check('directory_user_role', sql`role in ('viewer', 'operator', 'admin')`),
    check('directory_user_password_with_role', sql`password_hash is null or role is not null`),
    check(
      'directory_user_one_time_password',
      sql`one_time_until is null or password_hash is not null`,
    ),
    check(
      'directory_user_deleted_has_no_access',
      sql`deleted_at is null or (role is null and not active)`,
    ),
  ],
);
