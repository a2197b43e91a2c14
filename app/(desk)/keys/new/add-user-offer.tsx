'use client';

import { usePostedForm } from '@/components/posting/form-scope';
import { SubmitButton } from '@/components/posting/submit-button';
import { typedValue } from '@/lib/forms/form-state';
import { addKeyLabels } from './add-key-labels';

/**
 * Where the user is unknown: adds them together with the key. It names the user whom the message is
 * about; whoever types another name before it is pressed is asked again.
 */
export function AddUserOffer() {
  const { state } = usePostedForm();
  const username = typedValue(state, 'addUser');
  if (!username || typedValue(state, 'user') !== username) return null;
  const lookalike = typedValue(state, 'lookalike');
  return (
    <div>
      <input type="hidden" name="afterAdding" value={typedValue(state, 'afterAdding', 'close')} />
      {lookalike ? <input type="hidden" name="lookalike" value={lookalike} /> : null}
      {/* The Enter key presses the first button of a form: "Save", as before. */}
      <button type="submit" name="after" value="close" hidden />
      <SubmitButton
        name="addUser"
        value={username}
        className="py-1.5 text-left wrap-anywhere whitespace-normal!"
      >
        {lookalike ? addKeyLabels.addUserAnyway(username) : addKeyLabels.addUser(username)}
      </SubmitButton>
    </div>
  );
}
