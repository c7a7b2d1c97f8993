import { Calm } from '#components/shared/Calm.tsx';
import { SearchDrawing } from '#components/shared/SearchDrawing.tsx';
import { FilterRow } from '#components/orders/FilterRow.tsx';
import { agelessWords, countAgeless, symbolsOf } from '#lib/page/orders/filter-words.ts';
import { oldestReading } from '#lib/page/orders/row.ts';
import type { PopupModel } from '#lib/page/popup/popup-model.ts';
import { t } from '#lib/words/text.ts';

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
    <Calm picture={<SearchDrawing />} title={t('popup.no_such.title')}>
      <p>
        {filter.chosen.value > 0 ? t('popup.no_such.filter') : t('popup.no_such.text', { text })}
      </p>
      {ageless !== undefined && <p>{ageless}</p>}
      {oldestReading(model.groups.value) === undefined && <p>{t('popup.no_such.not_all_read')}</p>}
      <button type="button" onClick={filter.clear}>
        {t('popup.no_such.show_all')}
      </button>
    </Calm>
  );
}

function agelessOf({ groups, filter }: PopupModel): string | undefined {
  return agelessWords(countAgeless(groups.value, filter.filter.value));
}
