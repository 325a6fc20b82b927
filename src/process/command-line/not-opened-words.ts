import type { NotOpenedReason } from '../../storage/storage-error.ts';

type Reasons = Readonly<Record<NotOpenedReason, string>>;

/** Why a database is not opened, as a clause, in English. */
const ENGLISH: Reasons = {
  'not-a-database': 'the file is not a database',
  'not-ours': 'it belongs to another program',
  backup: 'it is a backup, which turnpike restore takes',
  'half-restored': 'a restore was interrupted; run it again',
  newer: 'a newer Turnpike wrote it',
  changed: 'a Turnpike that differs from this one made it',
  damaged: 'it is damaged',
  'read-only': 'it cannot be written',
  locked: 'another program keeps it locked',
  unreachable: 'it cannot be reached',
  'no-access': 'the server refuses the user or the password',
  'no-database': 'the server has no database of this name',
  'too-old': 'the server is older than PostgreSQL 13',
  'wrong-encoding': 'its encoding is not UTF8',
};

/** 数据库打不开的原因，简体中文。 */
const CHINESE: Reasons = {
  'not-a-database': '该文件不是数据库',
  'not-ours': '它属于其他程序',
  backup: '它是备份，请用 turnpike restore 恢复',
  'half-restored': '恢复曾被中断，请重新运行恢复命令',
  newer: '由更新版本的 Turnpike 写入',
  changed: '由另一个不一致的版本建立',
  damaged: '已损坏',
  'read-only': '无法写入',
  locked: '正被其他程序锁定',
  unreachable: '无法访问',
  'no-access': '服务器拒绝了用户名或密码',
  'no-database': '服务器上没有这个数据库',
  'too-old': '服务器版本低于 PostgreSQL 13',
  'wrong-encoding': '编码不是 UTF8',
};

/** A reason that this program does not know (a newer server's) is shown as it is. */
export const notOpenedInEnglish = (reason: string): string => wordFor(ENGLISH, reason);
export const notOpenedInChinese = (reason: string): string => wordFor(CHINESE, reason);

function wordFor(reasons: Readonly<Record<string, string>>, reason: string): string {
  return (Object.hasOwn(reasons, reason) ? reasons[reason] : undefined) ?? reason;
}
