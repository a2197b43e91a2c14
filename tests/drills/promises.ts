import { Sentence } from '../../scripts/sentence';

/** Collects the figures of a drill, and which promises they break. */
export function openReport(title: string) {
  const broken: string[] = [];
  console.log(`\n== ${title}`);
  return {
    /** Prints a figure, which must be in the bound if there is one. */
    figure(name: string, value: number, unit: string, most = Number.POSITIVE_INFINITY) {
      const isKept = value <= most;
      const bound = Number.isFinite(most) ? ` (at most ${most}${isKept ? '' : ': broken'})` : '';
      console.log(`${name}: ${Math.round(value * 10) / 10} ${unit}${bound}`);
      if (!isKept) broken.push(name);
    },
    say: (text: string) => console.log(text),
    /** @throws Sentence if a promise was broken */
    end() {
      if (broken.length > 0) throw new Sentence(`Broken: ${broken.join(', ')}.`);
      console.log('All promises kept.');
    },
  };
}

export type Report = ReturnType<typeof openReport>;
