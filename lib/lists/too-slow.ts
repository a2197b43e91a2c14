import 'server-only';

/** The answer, or `too-slow` if PostgreSQL stopped the statement after its time limit. */
export async function orTooSlow<Answer>(asked: Promise<Answer>): Promise<Answer | 'too-slow'> {
  try {
    return await asked;
  } catch (error) {
    for (let cause = error; cause instanceof Error; cause = cause.cause) {
      if ((cause as { code?: unknown }).code === '57014') return 'too-slow';
    }
    throw error;
  }
}
