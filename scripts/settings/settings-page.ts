import { secretNames } from '@/lib/settings/secret-files';
import { settingTexts } from '@/lib/settings/setting-texts';
import { settingsSchema } from '@/lib/settings/settings-schema';

export const settingsPath = 'docs/settings.md';

/** Wrong for every setting that has a form. */
const wrong = '\u0000';

type Name = keyof typeof settingsSchema.shape;

/** What a value must be, in the words of the message that refuses a wrong one. */
function formOf(name: Name): string {
  const parsed = settingsSchema.shape[name].safeParse(wrong);
  const message = parsed.success ? '' : (parsed.error.issues[0]?.message ?? '');
  const form = message
    .replace(/^must (be |look like )?|\.$/g, '')
    .replace(/^contain /, 'text with ');
  return form ? form.replaceAll('<', '&lt;').replaceAll('|', '\\|') : 'text';
}

function section({ title, settings }: (typeof settingTexts)[number]): string {
  const rows = Object.entries(settings).map(
    ([name, { means, without }]) =>
      `| \`${name}\` | ${means} | ${formOf(name as Name)} | ${without} |`,
  );
  const head = ['| name | what it is for | value | without it |', '|---|---|---|---|'];
  return [`## ${title}`, '', ...head, ...rows].join('\n');
}

/** The page of all settings, made from the schema and the texts. */
export const settingsPage = () =>
  `${[
    '# Settings',
    `<!-- Made by "npm run settings" from lib/settings. -->

Settings are environment variables, read and checked once at the start. A wrong one stops the start, with its name and
what it should be, never with its value. An empty value counts as none.

- **\`npm start\`** reads the environment alone, no \`.env\`. Without \`DATABASE_URL\` it runs an embedded PostgreSQL and
  makes the settings marked *made*, in \`DATA_DIR\`.
- **Compose** reads \`.env\` beside \`docker-compose.yml\`. After a change: \`docker compose up -d\`.
- **Commands** (\`npm run admin\`) need the same settings as the desk.`,
    ...settingTexts.map(section),
    `## Secrets from files

Each of these can be given as \`<NAME>_FILE\`, the path of a file that holds it. Given both ways, it stops the start.

${secretNames.map((name) => `\`${name}\``).join(', ')}

## How it is built

\`lib/settings/settings-schema.ts\` has each setting with the message about a wrong value, \`setting-texts.ts\` what it is
for. This page is made from both, and a test holds it current. Settings that need each other, or must differ, are
checked in \`parse-settings.ts\`.`,
  ].join('\n\n')}\n`;
