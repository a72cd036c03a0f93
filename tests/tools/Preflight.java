import java.io.File;
import org.apache.pdfbox.preflight.PreflightDocument;
import org.apache.pdfbox.preflight.ValidationResult;
import org.apache.pdfbox.preflight.exception.SyntaxValidationException;
import org.apache.pdfbox.preflight.parser.PreflightParser;

/** What PDFBox's preflight (PDF/A-1b) finds wrong with each file: "FILE: CODE words", then "FILE: read". */
public class Preflight {
    static ValidationResult judge(File file) throws Exception {
        PreflightParser parser = new PreflightParser(file);
        try {
            parser.parse();
            try (PreflightDocument document = parser.getPreflightDocument()) {
                document.validate();
                return document.getResult();
            }
        } catch (SyntaxValidationException e) {
            return e.getResult();
        }
    }

    public static void main(String[] files) throws Exception {
        for (String file : files) {
            for (ValidationResult.ValidationError e : judge(new File(file)).getErrorsList())
                System.out.println(file + ": " + e.getErrorCode() + " " + e.getDetails());
            System.out.println(file + ": read");
        }
    }
}
