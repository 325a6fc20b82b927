import type { Finding, Rule } from './finding.ts';
import { FLOORS, roomOf } from './floors.ts';
import { resolvePath } from './resolve-path.ts';
import { isTest, type SourceFacts } from './source-facts.ts';

/** A file of `src/` imports from its own top folder and from lower floors; unit tests are free. */
export const importLaw: Rule = (_, sources) =>
  sources.filter(({ path }) => path.startsWith('src/') && !isTest(path)).flatMap(checkFile);

function checkFile({ path, references }: SourceFacts): readonly Finding[] {
  const room = roomOf(path);
  const floor = room === undefined ? undefined : FLOORS.get(room);
  if (room === undefined || floor === undefined) {
    const message = `stands on no floor: give its folder one in tools/tidy/floors.ts, or move it into ${[...FLOORS.keys()].join(', ')}.`;
    return [{ path, message }];
  }
  return references.flatMap(({ specifier, line }) => {
    const target = resolvePath(path, specifier);
    const problem = target === undefined ? undefined : judge({ room, floor }, target);
    return problem === undefined ? [] : [{ path, line, message: `imports ${target}: ${problem}` }];
  });
}

function judge(from: { readonly room: string; readonly floor: number }, target: string): string | undefined {
  if (!/\.[a-z]+$/.test(target)) return 'name the file with its extension.';
  if (isTest(target)) return 'the program does not stand on its tests.';
  const room = roomOf(target);
  // Files that are read beside the program, such as package.json, have no floor.
  if (room === undefined)
    return target.startsWith('test/') ? 'the program does not stand on its tests.' : undefined;
  const floor = FLOORS.get(room);
  if (room === from.room || floor === undefined || floor < from.floor) return undefined;
  if (floor === from.floor) {
    return `${from.room}/ and ${room}/ are neighbours on floor ${floor}; let process/compose.ts hand over what is needed, as a port.`;
  }
  return `${room}/ (floor ${floor}) stands above ${from.room}/ (floor ${from.floor}); move the shared part down, or receive it as a port.`;
}
