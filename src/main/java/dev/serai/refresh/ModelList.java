package dev.serai.refresh;

import java.util.List;

/**
 * What a list says of one provider's models.
 *
 * @param by       who says so: the address or the name of the list
 * @param models   no two with the same id
 * @param complete whether there are no more than these
 * @param remarks  what in the list was left out, and why
 */
record ModelList(String by, List<ListedModel> models, boolean complete, List<String> remarks) {
    ModelList {
        models = List.copyOf(models);
        remarks = List.copyOf(remarks);
    }
}
