package dev.serai.store;

import dev.serai.credits.Transaction;
import java.util.List;

/** Gives a lot to an account, which pays what it owes from it. */
record LotPosting(Books books, AccountBook account) {
    /** @param from the book that it comes from */
    Transaction add(AccountBook.OpenLot lot, Books.Note note, String from) {
        Transaction made =
                books.post(account, note, List.of(account.add(lot), AccountBook.Entry.of(from, -lot.granted)));
        List<AccountBook.Entry> cover = account.cover(lot);
        if (!cover.isEmpty()) {
            books.post(account, Books.Note.of(Transaction.Kind.COVER, "", note.actor()), cover);
        }
        return made;
    }
}
