/**
 * Levels of the activity log: the word of the configuration, the rank that decides what is written, and the tag of the line.
 * @see supervisor/loggers.py LevelsByName
 */
export const LOG_LEVELS = {
  critical: { rank: 50, tag: "CRIT" },
  error: { rank: 40, tag: "ERRO" },
  warn: { rank: 30, tag: "WARN" },
  info: { rank: 20, tag: "INFO" },
  debug: { rank: 10, tag: "DEBG" },
  trace: { rank: 5, tag: "TRAC" },
  blather: { rank: 3, tag: "BLAT" },
} as const;

export type LogLevel = keyof typeof LOG_LEVELS;
