import type { IDBFactory } from 'fake-indexeddb';

/** How many cancellations have not ended: by the journal's own mark, which is not sealed. */
export function countUnfinished(factory: IDBFactory): Promise<number> {
  return new Promise((resolve, reject) => {
    const opening = factory.open('pullcord');
    opening.addEventListener('error', () => reject(new Error('The database does not open')));
    opening.addEventListener('success', () => {
      const database = opening.result;
      const table = database.transaction('cancellations').objectStore('cancellations');
      const counting = table.index('unfinished').count();
      counting.addEventListener('success', () => {
        database.close();
        resolve(counting.result);
      });
    });
  });
}
