/**
 * `npm run rooms` lists the rooms of the project, what each imports, and every import that runs upwards or in
 * a circle. It fails if there is one. `npm run rooms -- --write` writes the rules into `biome.json`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { findCircles, type Import, readImports } from './rooms/imports';
import { importOverrides } from './rooms/lint-rules';
import { floors } from './rooms/rooms';

const ourFloors = floors.map((floor) => floor.map(({ name }) => `lib/${name}`));
/** From the top down. Components are above `lib`, but import only what is client-safe. */
const allFloors = [['app'], ['components'], ...ourFloors, ['db']];
const rooms = allFloors.flat();

if (process.argv.includes('--write')) writeRules();
report(readImports(['app', 'components', 'lib', 'db']));

function report(imports: Import[]) {
  const between = imports.filter(({ from, to }) => roomOf(from) !== roomOf(to));
  for (const room of rooms) {
    console.log(`${room.padEnd(14)} > ${targetsOf(room, between).join(', ') || '–'}`);
  }
  const upward = between.filter(({ from, to }) => floorOf(roomOf(to)) <= floorOf(roomOf(from)));
  const circles = findCircles(imports);
  const strangers = new Set(
    imports.map(({ from }) => roomOf(from)).filter((room) => floorOf(room) < 0),
  );
  for (const { from, to } of upward) console.log(`Upward: ${from} imports ${to}.`);
  for (const circle of circles) console.log(`Circle: ${circle.join(' > ')}.`);
  for (const room of strangers) console.log(`Not a room: ${room}.`);
  console.log(
    `${rooms.length} rooms, ${between.length} imports between them, ${upward.length} upward, ${circles.length} circles`,
  );
  if (upward.length + circles.length + strangers.size > 0) process.exitCode = 1;
}

function roomOf(path: string): string {
  const parts = path.split('/');
  return parts.slice(0, parts[0] === 'lib' ? 2 : 1).join('/');
}

function floorOf(room: string): number {
  return allFloors.findIndex((floor) => floor.includes(room));
}

function targetsOf(room: string, between: Import[]): string[] {
  const targets = between.filter(({ from }) => roomOf(from) === room).map(({ to }) => roomOf(to));
  return rooms.filter((name) => targets.includes(name)).map((name) => name.replace('lib/', ''));
}

/** The overrides with only this rule are the rules of imports. */
function writeRules() {
  const file = JSON.parse(readFileSync('biome.json', 'utf8'));
  const others = file.overrides.filter(
    ({ linter }: (typeof importOverrides)[number]) => !linter?.rules.style?.noRestrictedImports,
  );
  file.overrides = [...others, ...importOverrides];
  writeFileSync('biome.json', `${JSON.stringify(file, null, 2)}\n`);
}
