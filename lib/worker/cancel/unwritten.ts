import { UserError } from '#lib/domain/user-error.ts';
import { noteWords } from '#lib/words/note-words.ts';

/** Why what was to be written down before anything is sent was not, and that nothing was. The database’s own sentence says it too. */
export function unwritten(error: unknown): UserError {
  return error instanceof UserError
    ? error
    : new UserError('journal-failed', noteWords({ code: 'not-written' }));
}
