package dev.afterbay.sinks.commit.protocol;

/**
 * A state of the protocol, which is one request to the store: perform it, tell the step what was
 * observed, and perform the step that it answers, until that is a {@link Verdict}.
 *
 * <p>Notation: P is the position of the shard's last entry, <i>ours</i> the entry that we want to
 * stand after P, <i>theirs</i> one of another writer. An entry is <i>published</i> when each of its
 * files is visible.
 *
 * <ol>
 *   <li>{@link PutEntry}: created → publish ours. Occupied or unknown → read.
 *   <li>{@link ReadEntry} after P: ours → publish ours. Theirs → drop our uploads. Absent → halt:
 *       our request may yet arrive, so neither "committed" nor "not committed" is true.
 *   <li>{@link DropUpload}, one by one, whatever the answer: no entry names these uploads, and none
 *       ever can, for P is taken. Then look for the end of the log.
 *   <li>{@link FindLast}: the last entry is the only one that may be unpublished, because a writer
 *       commits only after an entry that it saw published. Publish it.
 *   <li>{@link CompleteFile}, one by one: completed → the next. No such upload, or unknown → look.
 *   <li>{@link InspectFile}: there with its size → the next. Otherwise halt, but look before what
 *       the log says now if it is absent: it may have been rewound.
 *   <li>{@link PutNote}, last, if the entry is a gap: created → published. Otherwise look.
 *   <li>{@link FindNote}: there → published. Otherwise halt.
 *   <li>{@link SetAside}, one by one, for whoever completes a rewind; then its note is put, as in
 *       7.
 * </ol>
 *
 * <p>Recovery starts at 4, for the shard itself and, if its log is empty, for its parent. A last
 * entry that is a rewind is published if it is noted (8); else the log is left alone. A writer that
 * finds a later epoch than its own at 4 halts.
 */
public sealed interface Step
    permits PutEntry,
        ReadEntry,
        DropUpload,
        FindLast,
        CompleteFile,
        InspectFile,
        PutNote,
        FindNote,
        SetAside,
        Verdict {}
