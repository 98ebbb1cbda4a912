import {
  closeSync,
  constants,
  copyFileSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";

/** Backups that are kept: `FILE.bak`, `FILE.bak.1` … */
const BACKUPS = 5;

/**
 * Puts a text in the place of a file at once: whoever reads it finds the old text or the new one, also after a crash. Its owner and its
 * permissions stay, and where the path is a link, the file that it leads to is replaced. What was there is kept as a backup.
 * @returns the path of the backup.
 * @throws the system's error; then nothing is changed.
 */
export function replaceFile(path: string, text: string): string {
  const file = realpathSync(path);
  const { mode, uid, gid } = statSync(file);
  const draft = `${file}.new-${process.pid}`;
  try {
    writeDraft(draft, text, { mode: mode & 0o7777, uid, gid });
    const backup = keepBackup(file);
    renameSync(draft, file);
    syncFolder(dirname(file));
    return backup;
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

function writeDraft(draft: string, text: string, { mode, uid, gid }: { mode: number; uid: number; gid: number }): void {
  // Not through a link that somebody else has put there.
  const fd = openSync(draft, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW, 0o600);
  try {
    const bytes = Buffer.from(text);
    for (let written = 0; written < bytes.length; ) written += writeSync(fd, bytes, written);
    if (process.getuid?.() === 0) fchownSync(fd, uid, gid);
    fchmodSync(fd, mode);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

function keepBackup(file: string): string {
  const nameOf = (index: number) => (index === 0 ? `${file}.bak` : `${file}.bak.${index}`);
  for (let index = BACKUPS - 2; index >= 0; index--) {
    try {
      renameSync(nameOf(index), nameOf(index + 1));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
  }
  copyFileSync(file, nameOf(0), constants.COPYFILE_EXCL);
  return nameOf(0);
}

/** Makes the new name last; a file system that cannot do that does without. */
function syncFolder(folder: string): void {
  const fd = openSync(folder, constants.O_RDONLY);
  try {
    fsyncSync(fd);
  } catch {
    // Said above.
  } finally {
    closeSync(fd);
  }
}
