import type { ExportWords } from '../../../../chat/export-chat.ts';
import type { Language } from '../../../../language/choose-language.ts';

export const EXPORT_WORDS: Readonly<Record<Language, ExportWords>> = {
  en: { person: 'You', unfinished: 'This answer was not finished.', picture: 'Picture' },
  zh: { person: '我', unfinished: '这条回答没有写完。', picture: '图片' },
};
