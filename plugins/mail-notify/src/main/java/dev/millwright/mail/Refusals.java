package dev.millwright.mail;

import dev.millwright.model.Unreachable;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;

/// What a mail server took of a mail and what not. Immutable.
///
/// @param taken addresses that have their mail
/// @param never addresses that will never get it
/// @param reasons in the server's words
record Refusals(Set<String> taken, Set<String> never, List<String> reasons) {
    Refusals {
        taken = Set.copyOf(taken);
        never = Set.copyOf(never);
        reasons = List.copyOf(reasons);
    }

    /// @param asked the addresses that the mail was for
    static Refusals of(MessagingException failed, List<String> asked) {
        Set<String> taken = new LinkedHashSet<>();
        Set<String> never = new LinkedHashSet<>();
        List<String> reasons = new ArrayList<>();
        if (failed instanceof SendFailedException partly) {
            for (@Nullable Address address : addresses(partly.getValidSentAddresses())) {
                taken.add(String.valueOf(address));
            }
        }
        for (@Nullable Exception one = failed;
                one instanceof MessagingException link;
                one = link.getNextException()) {
            if (one instanceof SMTPAddressFailedException refused) {
                reasons.add(refused.getAddress() + ": " + line(refused.getMessage()));
                if (isForGood(refused.getReturnCode())) {
                    never.add(refused.getAddress().getAddress());
                }
            }
        }
        if (reasons.isEmpty()) {
            reasons.add(Words.inOneLine(Unreachable.why(failed)));
            if (failed instanceof SMTPSendFailedException refused
                    && isForGood(refused.getReturnCode())) {
                // The mail itself is not wanted, whoever it is for
                asked.stream().filter(address -> !taken.contains(address)).forEach(never::add);
            }
        }
        return new Refusals(taken, never, reasons);
    }

    private static Address[] addresses(Address @Nullable [] found) {
        return found == null ? new Address[0] : found;
    }

    private static boolean isForGood(int code) {
        return code / 100 == 5;
    }

    private static String line(@Nullable String text) {
        return Words.inOneLine(String.valueOf(text));
    }

    String reason() {
        return String.join("; ", reasons);
    }
}
