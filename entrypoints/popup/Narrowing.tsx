import { Calm } from '#components/shared/Calm.tsx';
import { SearchDrawing } from '#components/shared/SearchDrawing.tsx';
import { FilterRow } from '#components/orders/FilterRow.tsx';
import { agelessWords, countAgeless, symbolsOf } from '#lib/page/orders/filter-words.ts';
import { oldestReading } from '#lib/page/orders/row.ts';
import type { PopupModel } from '#lib/page/popup/popup-model.ts';

/** The row with the choices of the filter. */
export function Choices({ model }: { model: PopupModel }) {
  const { filter, groups, page } = model;
  return (
    <FilterRow
      choice={filter.choice.value}
      accounts={page.view.value?.accounts ?? []}
      symbols={symbolsOf(groups.value, filter.choice.value)}
      ageless={agelessOf(model)}
      onChoose={filter.choose}
    />
  );
}

/** In the place of the list, when the filter leaves nothing of it. */
export function NothingFound({ model }: { model: PopupModel }) {
  const { filter } = model;
  const text = filter.text.value.trim();
  const ageless = agelessOf(model);
  return (
    <Calm picture={<SearchDrawing />} title="No such order">
      <p>No open order fits {filter.chosen.value > 0 ? 'the filter' : `“${text}”`}.</p>
      {ageless !== undefined && <p>{ageless}</p>}
      {oldestReading(model.groups.value) === undefined && (
        <p>Not all accounts have been read to their end yet.</p>
      )}
      <button type="button" onClick={filter.clear}>
        Show all orders
      </button>
    </Calm>
  );
}

function agelessOf({ groups, filter }: PopupModel): string | undefined {
  return agelessWords(countAgeless(groups.value, filter.filter.value));
}
