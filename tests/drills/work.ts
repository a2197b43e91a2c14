import type { PlainBrowser } from '../helpers/plain-browser';
import { type Calls, callVerification, type Known } from './callers';
import { byApi, byForm, type Changes, keepSwitching } from './changes';
import type { FilledKey } from './filled';
import type { Fleet } from './fleet';
import type { Report } from './promises';

export type Work = {
  report: Report;
  fleet: Fleet;
  service: string;
  /** What verification must answer by now. */
  expected: Known[];
  /** Keys that nobody has changed yet. */
  untouched: FilledKey[];
  /** Of administrators who have signed in. */
  browsers: PlainBrowser[];
};

/** Verifications and changes until the returned function is called, which then looks at every change. */
export function underWork(scene: Work, origins: () => string[]) {
  const { report, fleet, service, expected, untouched, browsers } = scene;
  const stop = callVerification(origins, service, expected);
  const work: Changes[] = [
    keepSwitching(untouched, expected, byApi(fleet.pages, service)),
    ...browsers.map((browser) => keepSwitching(untouched, expected, byForm(browser))),
  ];
  return async () => {
    await Promise.all(work.map((changes) => changes.stop()));
    const calls = await stop();
    tell(report, calls);
    const acknowledged = work.flatMap((changes) => changes.acknowledged);
    const unanswered = work.reduce((sum, { unknown }) => sum + unknown, 0);
    report.figure('changes acknowledged', acknowledged.length, `(${unanswered} without an answer)`);
    report.figure('of them lost', await countLost(fleet, service, acknowledged), '', 0);
    return { ...calls, unanswered };
  };
}

export function tell(report: Report, { good, refused, wrong }: Calls) {
  report.figure('verifications', good, `right, ${refused} without a verdict`);
  report.figure('wrong', wrong.length, '', 0);
  for (const one of wrong.slice(0, 5)) report.say(one);
}

/** Asks about each key once more. */
async function countLost(fleet: Fleet, service: string, keys: Known[]): Promise<number> {
  if (keys.length === 0) return 0;
  let lost = 0;
  for (const { secret, code } of keys) {
    const answer = await fetch(`${fleet.ready()[0] ?? fleet.all()[0]}/api/v1/verify`, {
      method: 'POST',
      headers: { authorization: `Bearer ${service}`, 'content-type': 'application/json' },
      body: JSON.stringify({ key: secret }),
    });
    if (!(await answer.text()).includes(`"code":"${code}"`)) lost += 1;
  }
  return lost;
}
