import { expect, test } from 'bun:test';
import { type Letter, type Letters, layOutLetter, lettersIn } from './letters.ts';

const LANGUAGES = ['en', 'zh'] as const;
const URL_ = 'https://llm.example.com/reset?token=a&b';

const all = (letters: Letters): readonly Letter[] => [
  letters.test('h.example'),
  letters.signUp('h.example', URL_, 60),
  letters.signUpKnown('h.example', URL_),
  letters.invitation('h.example', URL_, 7),
  letters.teamInvitation('h.example', 'owner@example.com', URL_, 7),
  letters.teamInvitationToNewcomer('h.example', 'owner@example.com', URL_, 7),
  ...[null, 'heart-of-gold'].flatMap((team) => {
    const facts = { host: 'h.example', team, line: '$5.00', now: '$4.98', url: URL_ };
    return [letters.balanceBelow(facts), letters.spentInADay(facts)];
  }),
  letters.resetPassword('h.example', URL_, 30),
  letters.passwordWasReset('h.example'),
  letters.passkeyWasAdded('h.example'),
  letters.operatorSetPassword('h.example'),
  letters.operatorTurnedSecondFactorOff('h.example'),
  letters.operatorRemovedPasskey('h.example'),
  letters.signInCode('h.example', '1234 5678', 10),
  letters.confirmEmail('h.example', URL_, 24),
  letters.confirmNewEmail('h.example', URL_, 24),
  letters.emailWasChanged('h.example', 'new@example.com'),
];

test('every letter says where it is from, what to do, and the same as text and as HTML', () => {
  for (const language of LANGUAGES) {
    for (const letter of all(lettersIn(language))) {
      const { subject, text, html } = layOutLetter(letter, language);
      expect(subject).toMatch(/^Turnpike(?:: |：)/);
      expect(text).toContain('h.example');
      for (const words of [...letter.paragraphs, ...letter.closing]) {
        expect(text).toContain(words);
        expect(html).toContain(words);
      }
      expect(text + subject).not.toMatch(/undefined|[!！]|please|sorry|成功|你/i);
      if (letter.code !== undefined) expect(html).toContain(letter.code);
      if (letter.link !== undefined) {
        expect(text).toContain(`\n${URL_}\n`);
        expect(html).toContain('href="https://llm.example.com/reset?token=a&amp;b"');
      }
      // Nothing is fetched when it is opened, so nobody learns that it was.
      expect(html).not.toMatch(/<img|<link|url\(|src=/);
    }
  }
});

test('Chinese letters are Chinese, with half a space to Western words', () => {
  for (const letter of all(lettersIn('zh'))) {
    for (const words of [letter.subject, ...letter.paragraphs, ...letter.closing]) {
      expect(words).toMatch(/\p{Script=Han}/u);
      expect(words).not.toMatch(
        /\p{Script=Han}[A-Za-z0-9]|[A-Za-z0-9]\p{Script=Han}|[，。：；] | [，。：；]/u,
      );
    }
  }
});

test('what stands in a letter is text, whatever it looks like', () => {
  const { html } = layOutLetter(lettersIn('en').emailWasChanged('<b>"h', "x'<img src=a>@example.com"), 'en');
  expect(html).not.toContain('<b>');
  expect(html).not.toContain('<img');
});
