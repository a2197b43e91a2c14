import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FormMessage } from '@/components/form-message';
import { ActionForm } from '@/components/posting/action-form';
import { FormScope } from '@/components/posting/form-scope';
import { SubmitButton } from '@/components/posting/submit-button';
import { UntilDone } from '@/components/posting/when-done';
import { ShownOnce } from '@/components/shown-once';
import { TextField } from '@/components/text-field';
import { done, type FormState, failed, invalid } from '@/lib/forms/form-state';

const shown = { message: 'Made.', hint: 'Keep it.', lines: ['secret'], onward: '/' };

async function sendTo(answer: FormState<unknown>) {
  render(
    <FormScope action={async () => answer}>
      <FormMessage />
      {answer.status === 'done' && typeof answer.data !== 'string' ? (
        <ShownOnce label="Secret" onward="I have copied it" />
      ) : null}
      <UntilDone>
        <ActionForm>
          <TextField label="First" name="first" />
          <TextField label="Second" name="second" />
          <SubmitButton>Send</SubmitButton>
        </ActionForm>
      </UntilDone>
    </FormScope>,
  );
  await userEvent.click(screen.getByRole('button', { name: 'Send' }));
}

describe('after an answer the focus is', () => {
  it('in the field that was refused', async () => {
    await sendTo(invalid({ second: 'Too short.' }, {}));
    expect(await screen.findByText('Too short.')).toBeVisible();
    expect(screen.getByLabelText('Second')).toHaveFocus();
  });

  it('on the message, where the form is gone', async () => {
    await sendTo(done('Saved.'));
    const message = await screen.findByText('Saved.');
    expect(document.activeElement).toContainElement(message);
    expect(document.body).not.toHaveFocus();
  });

  it('on "Copy", where a secret is shown', async () => {
    await sendTo(done(shown));
    expect(await screen.findByText('secret')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Copy' })).toHaveFocus();
  });

  it('nowhere else, where the button is still there', async () => {
    await sendTo(failed('No.'));
    expect(await screen.findByText('No.')).toBeVisible();
    expect(document.body).not.toHaveFocus();
  });
});
