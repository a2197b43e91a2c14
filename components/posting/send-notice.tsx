'use client';

import { Button } from '../button';
import { Notice } from '../notice';
import { keepEntries } from './kept-entries';
import { postingLabels } from './posting-labels';
import { problemText, type SendProblem } from './send-problem';

/** Why a form has no answer. In a row of buttons it has a line of its own. */
export function SendNotice({ problem }: { problem: SendProblem }) {
  return (
    <div className="mb-2 basis-full whitespace-normal">
      <Notice look="bad">
        <p>{problemText(problem)}</p>
        {problem.kind === 'updated' ? (
          <Button
            size="small"
            className="mt-2"
            onClick={() => {
              keepEntries();
              window.location.reload();
            }}
          >
            {postingLabels.reload}
          </Button>
        ) : null}
      </Notice>
    </div>
  );
}
