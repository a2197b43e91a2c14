'use client';

import { useState } from 'react';
import type { CreatedKey } from '../issued-secret';
import { RevealedKey } from '../revealed-key';

/** The keys made with "Save & add new", each in sight until somebody says that they have it. */
export function IssuedKeys({ latest, back }: { latest: CreatedKey; back: string }) {
  const [earlier, setEarlier] = useState<CreatedKey[]>([latest]);
  const [copied, setCopied] = useState<string[]>([]);
  if (!earlier.some((key) => key.keyId === latest.keyId)) setEarlier([latest, ...earlier]);
  const open = earlier.filter((key) => !copied.includes(key.keyId));
  return open.map((key) => (
    <div key={key.keyId} className="panel p-4">
      <RevealedKey
        issued={key}
        back={back}
        onDone={() => setCopied((before) => [...before, key.keyId])}
        aside
      />
    </div>
  ));
}
