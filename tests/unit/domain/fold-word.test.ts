import { describe, expect, test } from 'vitest';
import { array, assert, constantFrom, property } from 'fast-check';
import { foldWord } from '#lib/domain/fold-word.ts';

describe('one word', () => {
  test.each([
    [['Alış', 'ALIŞ', 'alış', 'ALİŞ', 'alis', 'ALIS'], 'alis'],
    [['İptal edildi', 'İPTAL EDİLDİ', 'IPTAL EDILDI', 'ıptal edıldı'], 'iptal edildi'],
    [['Bulunamadı', 'BULUNAMADI', 'bulunamadi'], 'bulunamadi'],
    [['Não encontrada', 'NÃO ENCONTRADA', 'nao encontrada'], 'nao encontrada'],
    [['Se pidió', 'SE PIDIÓ', 'se pidio'], 'se pidio'],
    [['已取消'], '已取消'],
    [['BTC_TRY', 'btc_try'], 'btc_try'],
  ])('%j', (written, folded) => {
    expect(new Set(written.map(foldWord))).toEqual(new Set([folded]));
  });

  test('however it is written: in capitals and small letters of Turkish and of all others', () => {
    const letters = constantFrom(
      'a',
      'ı',
      'i',
      'I',
      'İ',
      'ş',
      'Ş',
      'ğ',
      'ü',
      'ñ',
      'ã',
      'B',
      '7',
      ' ',
    );
    assert(
      property(array(letters), (signs) => {
        const word = signs.join('');
        const written = [
          word.toLowerCase(),
          word.toUpperCase(),
          word.toLocaleLowerCase('tr'),
          word.toLocaleUpperCase('tr'),
          word.normalize('NFD'),
          foldWord(word),
        ];
        expect(new Set(written.map(foldWord)).size).toBe(1);
      }),
    );
  });
});
