import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mintSecret } from '@/lib/keys/secret/secret';
import { installPackage, requireProgram } from '../helpers/require-program';
import { times } from '../helpers/times';
import { type Desk, openDesk } from '../verify/helpers/desk';
import { oddAnswers, openSwitchboard } from './switchboard';

jest.setTimeout(120_000);
const folder = mkdtempSync(join(tmpdir(), 'keydesk-clients-'));
let desk: Desk;
let board: Awaited<ReturnType<typeof openSwitchboard>>;
let bob: string;

/** The first block of the language's page, docs/clients-go.md or docs/clients-python.md, verbatim. */
function documented(language: string): string {
  const page = readFileSync(`docs/clients-${language}.md`, 'utf8');
  return new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(page)?.[1] ?? '';
}

const pythonMain = `
import sys
key, scopes, ip = json.loads(sys.argv[1])
try:
    print(json.dumps(verify(key, scopes, ip)))
except NoVerdict as error:
    print(json.dumps({"error": str(error)}))
`;
const goMain = `package main

import (
	"encoding/json"
	"fmt"
	"os"

	"example.org/caller/keydesk"
)

func main() {
	var question struct {
		Key    string
		Scopes []string
		IP     string
	}
	if err := json.Unmarshal([]byte(os.Args[1]), &question); err != nil {
		panic(err)
	}
	verdict, err := keydesk.Verify(question.Key, question.Scopes, question.IP)
	if err != nil {
		verdict, _ := json.Marshal(map[string]string{"error": err.Error()})
		fmt.Println(string(verdict))
		return
	}
	answer, _ := json.Marshal(verdict)
	fmt.Println(string(answer))
}
`;

/** Each makes a program of the snippet, and returns how to ask with it. */
const languages = {
  python() {
    requireProgram('python3');
    const file = join(folder, 'caller.py');
    writeFileSync(file, documented('python') + pythonMain);
    return (key: string, scopes: string[], ip: string) => [
      ...['python3', file, JSON.stringify([key, scopes, ip || null])],
    ];
  },
  go() {
    try {
      execFileSync('go', ['version']);
    } catch {
      installPackage('golang-go');
    }
    mkdirSync(join(folder, 'keydesk'));
    writeFileSync(join(folder, 'go.mod'), 'module example.org/caller\n\ngo 1.18\n');
    writeFileSync(join(folder, 'keydesk/keydesk.go'), documented('go'));
    writeFileSync(join(folder, 'main.go'), goMain);
    // The cache of the build is kept between runs; the standard library takes a while.
    const env = { ...process.env, GOFLAGS: '-mod=mod', GOPROXY: 'off', CGO_ENABLED: '0' };
    execFileSync('go', ['vet', './...'], { cwd: folder, env });
    execFileSync('go', ['build', '-o', 'caller', '.'], { cwd: folder, env });
    return (Key: string, Scopes: string[], IP: string) => [
      ...[join(folder, 'caller'), JSON.stringify({ Key, Scopes, IP })],
    ];
  },
};
type Language = keyof typeof languages;
/** Go is a package of 330 MB, so a short run leaves it out. */
const names = times(Object.keys(languages), ['python']) as Language[];
const commands = new Map<Language, ReturnType<(typeof languages)[Language]>>();

beforeAll(async () => {
  desk = await openDesk();
  board = await openSwitchboard(desk.origin);
  bob = await desk.addUser('bob');
  for (const name of names) commands.set(name, languages[name]());
}, 300_000);
afterAll(async () => {
  await board.stop();
  await desk.close();
  rmSync(folder, { recursive: true });
});

type Answer = { valid?: boolean; code?: string; error?: string; user?: { username: string } };

async function ask(name: Language, key: string, scopes: string[] = [], ip = ''): Promise<Answer> {
  const [file = '', ...args] = commands.get(name)?.(key, scopes, ip) ?? [];
  const child = spawn(file, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...{ PATH: process.env.PATH, NODE_ENV: 'test', HTTP_PROXY: 'http://127.0.0.1:1' },
      ...{ KEYDESK_URL: `${board.url}/`, KEYDESK_SERVICE_KEY: desk.service.secret },
    },
  });
  let said = '';
  child.stdout.on('data', (part) => (said += part));
  await once(child, 'close');
  return JSON.parse(said);
}

describe.each(names)('the snippet for %s', (name) => {
  it('tells good keys from bad ones', async () => {
    const { secret } = await desk.addKey(bob, { scopes: ['reports:read'] });
    const bound = await desk.addKey(bob, { networks: ['192.0.2.0/24'] });
    const good = await ask(name, secret, ['reports:read']);
    expect(good).toMatchObject({ valid: true, code: 'VALID', user: { username: 'bob' } });
    const codes = [
      ask(name, mintSecret('kd')),
      ask(name, 'kd_mistyped'),
      ask(name, secret, ['reports:write']),
      ask(name, bound.secret),
      ask(name, bound.secret, [], '198.51.100.1'),
    ].map(async (answer) => [(await answer).valid, (await answer).code]);
    expect(await Promise.all(codes)).toEqual([
      ...[
        [false, 'NOT_FOUND'],
        [false, 'MALFORMED'],
        [false, 'INSUFFICIENT_SCOPE'],
      ],
      ...[
        [false, 'IP_DENIED'],
        [false, 'IP_DENIED'],
      ],
    ]);
    expect((await ask(name, bound.secret, [], '192.0.2.7')).valid).toBe(true);
  });

  it('has no verdict where Keydesk gives none, in time', async () => {
    const { secret } = await desk.addKey(bob);
    for (const [what, answer] of Object.entries(oddAnswers)) {
      board.answerWith(answer);
      const begun = Date.now();
      const got = await ask(name, secret);
      expect([what, got]).toEqual([what, { error: expect.any(String) }]);
      expect(Date.now() - begun).toBeLessThan(6_000);
    }
    board.answerWith(null);
    await board.stop();
    expect(await ask(name, secret)).toEqual({ error: expect.any(String) });
    await board.start();
    expect((await ask(name, secret)).valid).toBe(true);
  });
});
