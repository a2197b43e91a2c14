/** `npm run settings` makes docs/settings.md from the schema of the settings and their texts. */
import { writeFileSync } from 'node:fs';
import { settingsPage, settingsPath } from './settings/settings-page';

writeFileSync(settingsPath, settingsPage());
