import { floors } from '@/scripts/rooms/rooms';
import { blocksOf } from './helpers/run-block';

it('the picture in docs/development.md shows the rooms of lib, floor by floor', () => {
  const [picture = ''] = blocksOf('docs/development.md', 'text');
  const names = floors.map((floor) => floor.map(({ name }) => name).sort());
  const known = new Set(names.flat());
  // A line is a floor: its first words are rooms, and what follows is said of them.
  const shown = picture.split('\n').map((line) => {
    const words = line.trim().split(/\s+/);
    const end = words.findIndex((word) => !known.has(word));
    return words.slice(0, end < 0 ? words.length : end).sort();
  });
  expect(shown.filter((rooms) => rooms.length > 0)).toEqual(names);
});
