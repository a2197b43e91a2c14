/** What `npm run admin` says of itself. */
export const usage = `npm run admin -- <command>

  create-admin <username> [--role admin|operator|viewer] [--anyway]
      Adds an administrator, or gives an existing user a role. The password is ADMIN_PASSWORD
      (at least 15 characters); without it, one is generated and printed once. --anyway accepts
      a name that looks like another user's.
  reset-password <username> [--remove-second-factor]
      Prints a new password once and signs the administrator out everywhere. Also removes the
      second factor if you ask for it: after phone and recovery codes were lost, or AUTH_SECRET
      was changed.
  import-users <file.csv> [--dry-run] [--anyway]
      Adds the users in a CSV file: all of them, or none if a line is wrong. Columns: username,
      display_name, email, active, kind (person or service), responsible. --anyway also adds users
      whose names look like another user's.
  link-oidc <username> <subject>
      Lets an existing user sign in with the provider of OIDC_ISSUER. Where the provider's user
      was refused, the audit log shows the subject.
  unlink-oidc <username>
      Takes all such links from a user and signs them out.
  import-keys <file.csv> [--dry-run]
      Imports the keys in a CSV file with the secrets that they already have: all of them, or
      none if a line is wrong. See docs/import.md.
  keys list|create|regenerate|deactivate|delete
      Lists, makes and ends keys. "keys --help" lists the options.
  list-twins
      Lists users whose names look the same, one group on each line. The first of each group is
      the one that the name finds. Rename or delete the others.
  list-admins
      Lists the administrators.
  end-sessions
      Signs everyone out at once. Passwords, second factors and webhooks stay as they are.
  audit verify [--anchor <number>:<seal>] [--archive <file>]...
      Reads all audit events and names the first that was changed. With the head that an older
      log or an earlier run printed, it also finds out whether the end was cut off. With archives,
      oldest first, it reads them before the rest.
  audit archive --before <day> --to <file>
      Moves the audit events before this day (UTC, at least 30 days ago) into a new file, checks
      the file, and removes them. Needs MIGRATE_DATABASE_URL where the tables have an owner.
  revocations --since <time>
      Prints what took rights away since a time, such as 2027-01-31T12:00:00Z, as lines of JSON.
      Works on a database that was restored or replaced, and changes nothing.
  after-restore [--revocations <file>] [--accept "<words>"] [--json]
      Puts a restored or copied database to use. With a list ("revocations", or the lines of
      AUDIT_LOG; "-" reads standard input) it first takes away again what was taken away since the
      backup. Without one, or with one that leaves events out, you say in words why that is no
      harm. All sessions end.
  rewrap
      Moves sealed secrets to the newest version of KEY_ENCRYPTION_KEY, and prints how many are
      left on each version. You can stop it at any time and run it again.
  peppers
      Prints how many keys are on each version of KEY_PEPPER.`;
