import { describe, expect, test } from 'bun:test';
import { columns } from './terminal-look.ts';
import { wrapText } from './wrap-text.ts';

describe('wrapText', () => {
  test('breaks Western text at spaces', () => {
    expect(wrapText('one two three four', 9)).toEqual(['one two', 'three', 'four']);
  });

  test('breaks Chinese between characters, which take two columns each', () => {
    expect(wrapText('一二三四五六', 8)).toEqual(['一二三四', '五六']);
  });

  test('never begins a line with a closing mark nor ends one with an opening mark', () => {
    expect(wrapText('一二三，四五', 6)).toEqual(['一二', '三，四', '五']);
    expect(wrapText('一二“三四”五', 5)).toEqual(['一二', '“三', '四”五']);
    for (let width = 6; width < 40; width += 1) {
      for (const line of wrapText('先说结果，再说原因：“按钮”用动词短语（例如创建密钥）。句子短。', width)) {
        expect(line).not.toMatch(/^[，。：”）]|[“（]$/);
      }
    }
  });

  test('loses and adds nothing but the spaces at breaks', () => {
    const text = '打开 http://127.0.0.1:7070，按说明接入 Chatbox、One API 或 LibreChat。 Then go on, calmly.';
    for (let width = 4; width < 90; width += 1) {
      expect(wrapText(text, width).join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
    }
  });

  test('keeps within the width, except for a word that is longer', () => {
    const path = '/srv/lin/a-folder-with-a-long-name/data';
    const lines = wrapText(`the folder ${path} is here`, 16);
    expect(lines).toContain(path);
    for (const line of lines) if (line !== path) expect(columns(line)).toBeLessThanOrEqual(16);
  });

  test('an empty text is one empty line', () => {
    expect(wrapText('', 10)).toEqual(['']);
  });
});
