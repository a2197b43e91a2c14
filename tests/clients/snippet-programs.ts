import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installPackage, requireProgram } from '../helpers/require-program';
import { blocksOf, filledIn } from '../manual/helpers/run-block';

/** The two blocks of docs/clients-go.md or docs/clients-python.md: the function, and how it is called. */
const documented = (language: string) => blocksOf(`docs/clients-${language}.md`, language);

/** How to run the function with a question, and how to run the call with a key and an address. */
export type Programs = {
  ask: (key: string, scopes: string[], ip: string) => string[];
  call: (key: string, ip: string) => string[];
};

const pythonMain = `
import sys
key, scopes, ip = json.loads(sys.argv[1])
try:
    print(json.dumps(verify(key, scopes, ip)))
except NoVerdict as error:
    print(json.dumps({"error": str(error)}))
`;

function python(folder: string): Programs {
  requireProgram('python3');
  const [definition = '', call = ''] = documented('python');
  const answer = filledIn(call, { '    ...  #': '    print(verdict["code"])  #' });
  const [asking, calling] = [join(folder, 'ask.py'), join(folder, 'call.py')];
  writeFileSync(asking, definition + pythonMain);
  const given = 'import sys\nkey, caller_address = sys.argv[1:]\n';
  writeFileSync(calling, `${definition}${given}${answer}else:\n    print("VALID")\n`);
  return {
    ask: (key, scopes, ip) => ['python3', asking, JSON.stringify([key, scopes, ip || null])],
    call: (key, ip) => ['python3', calling, key, ip],
  };
}

const goMain = `package main

import (
	"encoding/json"
	"fmt"
	"os"

	"example.org/caller/keydesk"
)

func main() {
	if len(os.Args) == 3 {
		fmt.Println(statusFor(os.Args[1], os.Args[2]))
		return
	}
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

/** Each case of the call returns the status that its comment tells. */
function goCall(call: string): string {
  const cases = filledIn(call, { '// go on': '// 200' }).replaceAll(/\/\/ (\d+)/g, 'return $1');
  return `package main

import "example.org/caller/keydesk"

func statusFor(key, callerAddress string) int {
${cases}}
`;
}

function go(folder: string): Programs {
  try {
    execFileSync('go', ['version']);
  } catch {
    installPackage('golang-go');
  }
  const [definition = '', call = ''] = documented('go');
  mkdirSync(join(folder, 'keydesk'));
  writeFileSync(join(folder, 'go.mod'), 'module example.org/caller\n\ngo 1.18\n');
  writeFileSync(join(folder, 'keydesk/keydesk.go'), definition);
  writeFileSync(join(folder, 'main.go'), goMain);
  writeFileSync(join(folder, 'call.go'), goCall(call));
  // The cache of the build is kept between runs; the standard library takes a while.
  const env = { ...process.env, GOFLAGS: '-mod=mod', GOPROXY: 'off', CGO_ENABLED: '0' };
  execFileSync('go', ['vet', './...'], { cwd: folder, env });
  execFileSync('go', ['build', '-o', 'caller', '.'], { cwd: folder, env });
  const program = join(folder, 'caller');
  return {
    ask: (Key, Scopes, IP) => [program, JSON.stringify({ Key, Scopes, IP })],
    call: (key, ip) => [program, key, ip],
  };
}

export const languages = { python, go };
export type Language = keyof typeof languages;
