import { type FormEvent, useRef, useState } from 'react';
import { BackButton } from '@/components/back-button';
import { buttonClass } from '@/components/button';
import { CopyButton } from '@/components/copy-button';
import { Notice } from '@/components/notice';
import { backTo } from './back-to';
import { linkLabels } from './delivery-labels';
import { HowToUse } from './how-to-use';
import { issuedLabels } from './issued-labels';
import type { IssuedSecret } from './issued-secret';
import { LeaveQuestion } from './leave-question';
import { LinkFacts } from './link-facts';
import { useLeaveGuard } from './use-leave-guard';

type Props = {
  issued: IssuedSecret;
  /** Where "I have copied it" leads when nobody handles it. */
  back: string;
  onDone?: () => void;
  /** Where another key is made for the same user. */
  another?: string;
  /** Whether something else on the page comes next. */
  aside?: boolean;
  /** Whether it was made in order to ask with it. */
  showsUse?: boolean;
};

/** The secret, this once. Leaving needs a copy, "I have copied it" or a second look. */
export function RevealedKey({ issued, back, onDone, another, aside = false, showsUse }: Props) {
  const acknowledged = useRef(false);
  const [copied, setCopied] = useState(false);
  const [leavingTo, setLeavingTo] = useState<string | null>(null);
  useLeaveGuard(acknowledged, setLeavingTo);
  function acknowledge(event: FormEvent) {
    acknowledged.current = true;
    if (!onDone) return;
    event.preventDefault();
    onDone();
  }
  function noteCopy() {
    acknowledged.current = true;
    setCopied(true);
    setLeavingTo(null);
  }
  const { link, usage } = issued;
  const words = wordsFor(issued);
  return (
    <section aria-label={words.section} className="grid gap-3">
      <Notice look="good">{issued.message}</Notice>
      <p>{words.once}</p>
      <code
        data-testid="secret"
        className="block rounded-md border border-line bg-sunken p-3 font-semibold break-all select-all"
      >
        {issued.secret}
      </code>
      {link ? <LinkFacts facts={link} /> : null}
      <div className="flex flex-wrap gap-2">
        <CopyButton
          text={issued.secret}
          look={copied ? 'secondary' : 'primary'}
          autoFocus={!aside}
          onCopied={noteCopy}
        />
        <div className="contents" onSubmit={acknowledge}>
          <BackButton to={backTo(back, issued.keyId)} look={copied ? 'primary' : 'secondary'}>
            {issuedLabels.copied}
          </BackButton>
        </div>
        {another ? (
          // Loaded anew, so that nothing of this key stays on the page.
          <a href={another} className={`${buttonClass('quiet')} wrap-anywhere whitespace-normal!`}>
            {issuedLabels.another(issued.username)}
          </a>
        ) : null}
      </div>
      {leavingTo ? (
        <LeaveQuestion
          text={words.leave}
          onStay={() => setLeavingTo(null)}
          onLeave={() => {
            acknowledged.current = true;
            window.location.assign(leavingTo);
          }}
        />
      ) : null}
      {link || !usage ? null : <HowToUse secret={issued.secret} usage={usage} open={showsUse} />}
    </section>
  );
}

type Words = { section: string; once: string; leave: string };

function wordsFor({ link, revealable }: IssuedSecret): Words {
  if (link) return linkLabels;
  if (!revealable) return issuedLabels;
  const { section, onceRevealable: once, leaveRevealable: leave } = issuedLabels;
  return { section, once, leave };
}
