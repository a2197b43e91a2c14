import { type FormEvent, useRef, useState } from 'react';
import { BackButton } from '@/components/back-button';
import { buttonClass } from '@/components/button';
import { CopyButton } from '@/components/copy-button';
import { Notice } from '@/components/notice';
import { backTo } from './back-to';
import { HowToUse } from './how-to-use';
import { issuedLabels } from './issued-labels';
import type { IssuedSecret, LinkFacts as LinkFactsOf } from './issued-secret';
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
  const { secret, link, usage } = issued;
  // A link that was mailed leaves nothing to copy but its code.
  const acknowledged = useRef(!secret && !link?.code);
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
  const words = wordsFor(issued);
  return (
    <section aria-label={words.section} className="grid gap-3">
      <Notice look={link?.isBad ? 'warn' : 'good'}>{issued.message}</Notice>
      {words.once ? <p>{words.once}</p> : null}
      {secret ? (
        <code
          data-testid="secret"
          className="block rounded-md border border-line bg-sunken p-3 font-semibold break-all select-all"
        >
          {secret}
        </code>
      ) : null}
      {link ? <LinkFacts facts={link} /> : null}
      <div className="flex flex-wrap gap-2">
        {secret ? (
          <CopyButton
            text={secret}
            look={copied ? 'secondary' : 'primary'}
            autoFocus={!aside}
            onCopied={noteCopy}
          />
        ) : null}
        <div className="contents" onSubmit={acknowledge}>
          <BackButton to={backTo(back, issued.keyId)} look={copied ? 'primary' : 'secondary'}>
            {words.copied}
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
      {link || !usage ? null : <HowToUse secret={secret} usage={usage} open={showsUse} />}
    </section>
  );
}

function wordsFor({ link, revealable }: IssuedSecret): LinkFactsOf['words'] {
  if (link) return link.words;
  if (!revealable) return issuedLabels;
  const { section, onceRevealable: once, copied, leaveRevealable: leave } = issuedLabels;
  return { section, once, copied, leave };
}
