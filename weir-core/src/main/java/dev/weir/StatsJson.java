package dev.weir;

import dev.weir.internal.pipeline.Account;
import dev.weir.internal.pipeline.AccountMap;
import java.util.HexFormat;
import java.util.Map;

/** Writes an account as JSON. Names are handlers' names, which may hold anything and are escaped. */
final class StatsJson {
    private final StringBuilder out = new StringBuilder(1024);

    private StatsJson() {}

    static String of(Account.Snapshot account) {
        StatsJson json = new StatsJson();
        json.value(AccountMap.of(account));
        return json.out.toString();
    }

    private void value(Object value) {
        if (value instanceof Map<?, ?> map) {
            object(map);
        } else if (value instanceof Number) {
            out.append(value);
        } else {
            text(String.valueOf(value));
        }
    }

    private void object(Map<?, ?> map) {
        out.append('{');
        String separator = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.append(separator);
            text(String.valueOf(entry.getKey()));
            out.append(": ");
            value(entry.getValue());
            separator = ", ";
        }
        out.append('}');
    }

    private void text(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                out.append("\\u").append(HexFormat.of().toHexDigits(c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
